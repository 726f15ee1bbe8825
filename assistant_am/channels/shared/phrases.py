"""What the messaging channels say by themselves; everything else comes from `knowledge/`."""

from __future__ import annotations

from assistant_am.channels.shared.incoming import Incoming
from assistant_am.channels.shared.words import LONGEST_TEXT, clean

NUMBERS = "Répondez par un numéro, ou écrivez votre question :"
TOO_LONG = (
    "Votre message est trop long : 1 000 caractères au plus. Posez une ou deux questions à la fois."
)
OLD_BUTTON = "Ce bouton est trop ancien pour moi. Écrivez votre question, ou choisissez :"
TOO_FAST = "Vous allez un peu vite : patientez une minute, puis renvoyez votre message."
STOPPED = (
    "C'est arrêté. Je n'écris jamais de moi-même : pour reprendre, il suffit de poser une "
    "question. Pour que j'oublie ce que vous m'avez dit, écrivez « efface mes données »."
)
HELP = "Écrivez votre question comme elle vient, ou choisissez. « STOP » arrête tout."

KINDS = {
    "vocal": (
        "Désolé, je ne sais pas écouter les messages vocaux. Écrivez votre question, même en deux "
        "mots. En cas d'urgence médicale, appelez le 15 ou le 112."
    ),
    "autocollant": "Merci ! Je ne lis que les messages écrits : quelle est votre question ?",
    "image": "Désolé, je ne sais pas regarder les images. Écrivez votre question, s'il vous plaît.",
    "position": (
        "Je n'ai pas besoin de votre position, et je ne la garde pas. Écrivez votre question, s'il "
        "vous plaît."
    ),
    "contact": "Je n'ai besoin d'aucun contact, et je n'en garde pas. Quelle est votre question ?",
    "fichier": (
        "Désolé, je ne sais pas ouvrir ce genre de message. Écrivez votre question, s'il vous "
        "plaît."
    ),
    "modifie": (
        "J'ai vu que vous avez modifié un message, mais je ne relis pas les anciens : renvoyez "
        "votre question, s'il vous plaît."
    ),
    "supprime": (
        "Vous avez supprimé un message ; je l'ai peut-être déjà lu. Pour que j'oublie ce que vous "
        "m'avez dit, écrivez « efface mes données »."
    ),
}
"""A courteous line for each kind of message that is no text."""


def line_for(incoming: Incoming) -> str | None:
    """What is said to a message that is not a question, or is too long a one."""
    text = clean(incoming.text)
    if incoming.kind in ("modifie", "supprime") or (incoming.kind != "texte" and not text):
        return KINDS[incoming.kind]
    return TOO_LONG if len(text) > LONGEST_TEXT else None
