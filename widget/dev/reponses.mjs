// Canned answers of the mock server, one for each shape of the contract.

const bouton = (titre) => ({ titre, charge: `charge:${titre}` });
const paragraphe = (texte) => ({ type: "paragraphe", texte });
const PARAMETRES = "quotite=0.5&tranche=p90_p94&horizon=5";

export const accueil = {
  blocs: [
    paragraphe(
      "Bonjour ! Je suis un **automate**, ni un conseiller ni un médecin. Je réponds sur le métier d’assistante médicale ou d’assistant médical (AM), la formation, le salaire, et l’aide de l’Assurance Maladie aux médecins qui en emploient un.",
    ),
    paragraphe("Les montants sont indicatifs : seule votre CPAM décide."),
  ],
  boutons: ["C’est quoi, ce métier ?", "Comment se former ?", "Combien gagne-t-on ?", "Estimer l’aide"].map(bouton),
  question: false,
};

const sources = (remarque = "Montant indicatif : seule votre CPAM décide.") => ({
  type: "sources",
  sources: [
    { nom: "Assurance Maladie, barème de la convention 2024", url: "https://www.ameli.fr/bouches-du-rhone/medecin/exercice-liberal/vie-cabinet/aides-financieres/aide-embauche-assistants-medicaux", relu: "2026-11-20" },
    { nom: "ameli.fr, ce qui change dès juin 2024", url: "https://www.ameli.fr/medecin/actualites", relu: "2026-11-20" },
  ],
  remarque,
});

const estimation = {
  blocs: [
    paragraphe("**14 000 € par an au maximum** pour un mi-temps (0,5 ETP) en 2e année de contrat. À P92, la majoration commence en 3e année : 13 000 € au lieu de 11 000 €."),
    {
      type: "tableau",
      legende: "Montant maximal par an, P90 à P94",
      colonnes: ["Année de contrat", "Mi-temps", "Temps plein"],
      lignes: [
        ["1re année", "19 000 €", "38 000 €"],
        ["2e année", "14 000 €", "28 000 €"],
        ["3e année", "13 000 €", "26 000 €"],
        ["4e année", "13 000 €", "26 000 €"],
        ["5e année", "13 000 €", "26 000 €"],
      ],
    },
    {
      type: "image",
      url: `/estimation.png?${PARAMETRES}`,
      grande: `/estimation.svg?${PARAMETRES}`,
      alternative: "Aide par année de contrat, 0,5 ETP, P90 à P94, au maximum : 19 000 € la 1re année, 14 000 € la 2e, 13 000 € ensuite.",
    },
    { type: "lien", texte: "Page imprimable de cette estimation", url: `/estimation?${PARAMETRES}` },
    sources(),
  ],
  boutons: ["Et à temps plein ?", "Détail du calcul", "Qui dépose la demande ?"].map(bouton),
  question: false,
};

const choix = {
  blocs: [paragraphe("Quel est le temps de travail de l’assistante ou de l’assistant ?")],
  boutons: ["Un mi-temps (0,5 ETP)", "Un temps plein (1 ETP)", "Deux mi-temps, chez deux médecins différents", "Je ne sais pas"].map(bouton),
  question: true,
};

const urgence = {
  blocs: [
    { type: "alerte", texte: "**Appelez tout de suite le 15 (Samu) ou le 112.** Si vous ne pouvez pas parler ou entendre : 114 par SMS. Je suis un automate, je ne peux pas vous aider pour une urgence." },
  ],
  boutons: [],
  question: false,
};

const formation = {
  blocs: [
    paragraphe("Avec un diplôme d’État d’aide-soignant, vous suivez la **formation d’adaptation à l’emploi (FAE)** :"),
    { type: "liste", elements: ["**environ 98 heures** selon Akeia (2025) ;", "**112 heures au minimum** selon May’Santé LAB ;", "vous avez **2 ans** après l’embauche pour la suivre."] },
    paragraphe("La durée exacte est à confirmer auprès de l’organisme de formation."),
    sources("Nos sources ne s’accordent pas : les deux durées sont données."),
  ],
  boutons: ["Où se former ?", "Qui paie la formation ?"].map(bouton),
  question: false,
};

const HOSTILE = "<img src=x onerror=\"window.__xss=1\"><script>window.__xss=1</script>";
const piege = {
  reference: HOSTILE,
  blocs: [
    paragraphe(`**${HOSTILE}** ${HOSTILE} https://exemple.fr/"onmouseover="window.__xss=1`),
    { type: "liste", elements: [HOSTILE, { objet: HOSTILE }] },
    { type: "tableau", legende: HOSTILE, colonnes: [HOSTILE, HOSTILE], lignes: [[HOSTILE, HOSTILE], "pas une ligne"] },
    { type: "sources", sources: [{ nom: HOSTILE, url: "javascript:window.__xss=1", relu: HOSTILE }, null], remarque: HOSTILE },
    { type: "image", url: "javascript:window.__xss=1", grande: "data:text/html,x", alternative: HOSTILE },
    { type: "image", url: "https://tiers.exemple/pixel.png", grande: null, alternative: HOSTILE },
    { type: "lien", texte: HOSTILE, url: "JaVaScRiPt:window.__xss=1" },
    { type: "lien", texte: HOSTILE, url: "data:text/html,<script>window.__xss=1</script>" },
    { type: "alerte", texte: `15 ${HOSTILE}` },
    { type: "html", html: HOSTILE },
    { type: "constructor" },
    null,
  ],
  boutons: [{ titre: HOSTILE, charge: HOSTILE }, { titre: 3 }, null],
  question: "oui",
};

const graphique = {
  blocs: [
    paragraphe("**72 000 € au maximum** sur 5 ans pour un mi-temps."),
    {
      ...estimation.blocs[2],
      barres: [["1re année", 19000], ["2e année", 14000], ["3e année et suivantes", 13000]].map(([nom, valeur]) => ({ nom, valeur, texte: `${valeur / 1000}\u00a0000\u00a0€` })),
    },
    sources(),
  ],
  boutons: [],
  question: false,
};

const guidee = {
  blocs: [
    paragraphe("Montants maximaux par an pour un AM :"),
    estimation.blocs[1],
    sources(),
    { type: "calcul", url: "/estimation.json", ouvert: true },
    paragraphe("L’AM travaille-t-il à mi-temps ou à temps plein ?"),
  ],
  boutons: ["Mi-temps", "Temps plein", "Je ne sais pas"].map(bouton),
  question: true,
};
const precise = { ...graphique, blocs: [...graphique.blocs, { type: "calcul", url: `/estimation.json?${PARAMETRES}`, ouvert: false }] };

const champ = (cle, nom, choix, donnees) => ({
  cle,
  nom,
  choix: choix.map(([valeur, titre]) => ({ valeur, titre })),
  valeur: choix.length ? (choix.map(([valeur]) => valeur).find((valeur) => donnees.has(...valeur.split("="))) ?? "") : donnees.has(cle) ? `${cle}=${donnees.get(cle)}` : "",
});

/** The calculator's card for the inputs of an address. */
export function carte(donnees) {
  const plein = donnees.get("quotite") === "1";
  const annees = [["1re année", 19000], ["2e année", 14000], ["3e année", 13000]];
  const total = annees.reduce((somme, [, montant]) => somme + montant, 0) * (plein ? 2 : 1);
  const euros = (montant) => `${montant / 1000}\u00a0000\u00a0€`;
  const query = donnees.size ? `?${donnees}` : "";
  return {
    champs: [
      champ("quotite", "Temps de travail", [["quotite=0.5", "Mi-temps"], ["quotite=1", "Temps plein"]], donnees),
      champ("tranche", "Patientèle", [["tranche=p30_p89", "P30 à P89"], ["tranche=p90_p94", "P90 à P94"]], donnees),
      champ("annee", "Année du contrat", [["annee=1", "1re année"], ["horizon=5", "Les 5 premières"]], donnees),
      champ("date_contrat", "Contrat signé le", [], donnees),
    ],
    retenu: donnees.get("zip") ? [{ valeur: "zip=oui", titre: "Exercice en ZIP : oui" }] : [],
    blocs: donnees.has("quotite")
      ? [
          paragraphe(`**${euros(total)} au maximum** sur 3 ans pour un ${plein ? "temps plein" : "mi-temps"}.`),
          { ...estimation.blocs[2], barres: annees.map(([nom, montant]) => ({ nom, valeur: montant * (plein ? 2 : 1), texte: euros(montant * (plein ? 2 : 1)) })) },
          paragraphe("Dès la 3e année, l’aide est modulée."),
          sources(),
        ]
      : [paragraphe("Montants maximaux par an pour un AM :"), estimation.blocs[1], sources()],
    phrase: donnees.size ? `Montant de l’aide : ${plein ? "temps plein" : "mi-temps"}` : "Montant de l’aide",
    calcule_le: "2026-11-30",
    page: `/estimation${query}`,
    agenda: donnees.has("date_contrat") ? `/estimation.ics${query}` : null,
  };
}

const CAS = [
  [/guide/i, guidee],
  [/précise/i, precise],
  [/graphique/i, graphique],
  [/urgence|malaise|infarctus/i, urgence],
  [/estim|tableau|aide|temps plein|montant|mi-temps/i, estimation],
  [/choix|calcul/i, choix],
  [/formation|former|aide-soignant/i, formation],
  [/xss/i, piege],
];

const defaut = {
  blocs: [paragraphe("**Un assistant médical seconde le médecin** : accueil, constantes, préparation des consultations. Il ne remplace ni l’infirmière ni la secrétaire."), sources("")],
  boutons: ["Quelles missions ?", "Comment se former ?"].map(bouton),
  question: false,
};

export function repondre(texte) {
  return CAS.find(([motif]) => motif.test(texte))?.[1] ?? defaut;
}
