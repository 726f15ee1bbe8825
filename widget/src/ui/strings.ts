/** Every sentence the widget says. */

const plural = (count: number, one: string, many: string): string =>
  `${count} ${count > 1 ? many : one}`;

export const T = {
  lang: "fr",
  title: "Assistant AM",
  subtitle: "Automate · sources citées",
  launcher: "Une question ?",
  open: (title: string, unread: number): string =>
    unread > 0
      ? `Ouvrir la discussion, ${T.unread(unread)} : ${title}`
      : `Ouvrir la discussion : ${title}`,
  unread: (count: number): string => plural(count, "nouveau message", "nouveaux messages"),
  minimise: "Réduire la discussion",
  menu: "Options de la discussion",

  coverTitle: "Posez votre question",
  coverText:
    "Métier, formation, salaire, embauche, aide de l’Assurance Maladie : les réponses citent leurs sources et leur date.",
  coverStart: "Commencer la discussion",
  coverStored:
    "Rien n’est enregistré avant ce clic. Ensuite, l’échange est gardé 24 h sur cet appareil.",
  coverStoredTab: "Rien n’est enregistré avant ce clic. Ensuite, l’échange reste dans cet onglet.",
  erasedTitle: "Conversation effacée",
  erasedText: "Elle n’est plus ni sur cet appareil, ni sur le serveur.",
  expiredTitle: "Conversation terminée",
  expiredText: "Après 24 h sans message, elle a été effacée de cet appareil.",
  startAgain: "Nouvelle conversation",

  log: "Conversation",
  you: "Vous : ",
  bot: "L’assistant : ",
  welcome: "Accueil",
  more: "Lire la suite",
  opening: "Ouverture de la discussion…",
  slow: "La réponse prend plus de temps que d’habitude…",
  away: "Le service ne répond pas, nouvelle tentative…",
  limited: (seconds: number): string =>
    `Beaucoup de messages à la fois : envoi automatique dans ${plural(seconds, "seconde", "secondes")}.`,
  unreachable: "Le service ne répond pas pour le moment. Votre texte est gardé.",
  refusedSite: "Ce site n’est pas encore autorisé à utiliser l’assistant : prévenez son webmestre.",
  refusedRemedy: (site: string, bot: string): string =>
    `Assistant AM : ${site} n’est pas autorisé. Sur le serveur ${bot}, ajoutez cette origine à AM_ORIGINES, puis redémarrez.`,
  notSent: "Non envoyé",
  retry: "Réessayer",
  forgotten: "La session a été renouvelée : l’assistant ne se souvient plus de ce qui précède.",
  resumed: "La session a été renouvelée : de ce qui précède, l’assistant garde votre estimation.",
  newBelow: "Voir la suite",
  keptUntil: (when: string): string => `Gardée sur cet appareil jusqu’à ${when}`,
  keptHere: "Gardée dans cette page seulement : votre navigateur n’en permet pas plus",
  keptInTab: (when: string): string =>
    `Gardée dans cet onglet seulement, jusqu’à ${when} au plus`,
  dial: (number: string): string =>
    number === "114" ? "Écrire au 114 (SMS)" : `Appeler le ${number}`,
  erase: "Effacer",

  chosen: " (choisi)",
  suggestions: "Suggestions",
  choices: "Réponses possibles",
  newTab: " (nouvel onglet)",
  bars: "Montant maximal de chaque année",
  enlarge: "Agrandir l’image",
  pictureMissing: "L’image n’a pas pu être chargée.",
  close: "Fermer",
  openPicture: "Ouvrir l’image dans un onglet",
  sources: (count: number): string => plural(count, "source", "sources"),
  reviewed: (count: number, when: string): string =>
    `${count > 1 ? "relues" : "relue"} ${when}`,
  scrollTable: "Tableau, défile horizontalement",

  useful: "Réponse utile",
  useless: "Réponse pas utile",
  copyAnswer: "Copier la réponse",
  thanks: "Merci pour votre avis.",
  reasonLabel: (useful: boolean): string =>
    useful ? "Merci ! Un mot de plus ?" : "Merci. Que manquait-il ?",
  reasonOpened: "Avis noté. Vous pouvez dire pourquoi, sous la réponse.",
  reasonHint: "Facultatif. Ni nom, ni donnée de santé.",
  reasonSend: "Envoyer",
  reasonSkip: "Non merci",
  opinionFailed: "Votre avis n’a pas pu être envoyé.",

  field: "Votre question",
  placeholder: "Écrivez votre question…",
  send: "Envoyer",
  count: (count: number, limit: number): string => `${count} / ${limit}`,
  tooLong: (over: number): string =>
    `Message trop long : retirez ${plural(over, "caractère", "caractères")}.`,
  notice: "Vous parlez à un automate. N’écrivez ni donnée de santé, ni donnée personnelle.",
  noticeShort: "Automate : ni nom, ni donnée de santé.",
  privacy: "Confidentialité",

  conversation: "Conversation",
  estimate: "Dernière estimation",
  copy: "Copier",
  print: "Imprimer",
  download: "Télécharger",
  mail: "E-mail",
  notLoaded: "Cette fonction n’a pas pu être chargée. Réessayez dans un instant.",
  copied: "Copié.",
  copyFailed: "La copie n’est pas permise par ce navigateur.",
  shared: "Je ne suis pas seul sur cet ordinateur",
  sharedNow: "Plus rien n’est gardé sur cet appareil : la discussion finit avec cette page.",
  restart: "Recommencer",
  eraseAll: "Effacer la conversation",
  restartTitle: "Recommencer du début ?",
  restartText: "L’échange est effacé, ici et sur le serveur, et l’assistant oublie votre situation.",
  eraseTitle: "Effacer la conversation ?",
  eraseText: "L’échange est effacé, ici et sur le serveur. C’est définitif.",
  cancel: "Annuler",
  eraseFailed: "Le service ne répond pas : rien n’a été effacé. Réessayez dans un instant.",

  transcriptTitle: (title: string, when: string): string => `${title}, échange du ${when}`,
  transcriptNote:
    "Réponses d’un automate, données à titre indicatif : seule votre CPAM décide des montants.",
  fileConversation: "conversation",
  fileEstimate: "estimation",
  today: "Aujourd’hui",
  yesterday: "Hier",
};
