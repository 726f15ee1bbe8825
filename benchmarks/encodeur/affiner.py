"""Fine-tune the first layers of e5 on our sentences, messages and conversations.

python -m benchmarks.encodeur.affiner --sortie var/encodeur/premier.pt
python -m benchmarks.encodeur.affiner --depart var/encodeur/premier.pt --epoques 2 …

The README beside this file says which runs made the encoder in place.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import nn

from assistant_am.understanding.examples import Example
from benchmarks import donnees, mesures
from benchmarks.encodeur.e5 import installed
from benchmarks.encodeur.enseignement import BATCH, KINDS, Teacher, batches
from benchmarks.encodeur.exemples import epoch
from benchmarks.encodeur.reseau import Network
from benchmarks.encodeur.vocabulaire import Packer, choose, describe

_SEED = 1
_CENTRED_ON = 3000
_WARM_UP, _SLOWEST = 0.06, 0.02


def pace(done: float) -> float:
    """Rises, then falls to almost nothing, as `done` goes from 0 to 1."""
    if done < _WARM_UP:
        return max(_SLOWEST, done / _WARM_UP)
    return max(_SLOWEST, (1 - done) / (1 - _WARM_UP))


def read(arguments: argparse.Namespace) -> donnees.Data:
    data = donnees.read(everything=arguments.tout)
    if arguments.sans_messages:
        data = replace(data, learnt=replace(data.learnt, messages=[]))
    return data


def resume(network: Network, labels: Sequence[str], path: Path) -> None:
    """Take over a former run, label by label: the vocabulary and the labels may have grown."""
    former = torch.load(path, map_location="cpu")
    state, own = former["state"], network.state_dict()
    row = {label: i for i, label in enumerate(former["labels"])}
    with torch.no_grad():
        for name in set(own) - {"word.weight", "label.weight", "label.bias"}:
            own[name].copy_(state[name])
        for i, label in enumerate(labels):
            if label in row:
                own["label.weight"][i] = state["label.weight"][row[label]]
                own["label.bias"][i] = state["label.bias"][row[label]]


def optimiser(network: Network, rate: float, heads_rate: float) -> torch.optim.Optimizer:
    """The new heads learn ten times faster than what e5 knew already."""
    heads = [*network.label.parameters(), *network.count.parameters()]
    apart = set(map(id, heads))
    rest = [p for p in network.parameters() if p.requires_grad and id(p) not in apart]
    groups = [{"params": rest, "lr": rate}, {"params": heads, "lr": heads_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def texts(data: donnees.Data) -> Iterator[str]:
    """All that the vocabulary should hold."""
    yield from (subject.question for subject in data.learnt.subjects.values())
    yield from (text for some in data.learnt.sentences.values() for text in some)
    yield from (each.text for each in data.learnt.messages)
    for conversation in (*data.learnt.conversations, *data.left_out):
        yield from (turn.text for turn in conversation.turns)


def prepare(arguments: argparse.Namespace, data: donnees.Data) -> tuple[Teacher, list[int]]:
    """The network as e5 or a former run left it, and the rows of its vocabulary."""
    subjects = data.learnt.subjects
    examples = epoch(data.learnt, arguments.phrases, random.Random(0))
    known = (*examples, *turns_left_out(data))
    labels = sorted(
        {label for each in known for right in each.requests for label in right} | set(subjects)
    )
    packed = installed()
    vocabulary = choose(packed, texts(data))
    network = Network(packed, vocabulary, arguments.couches, len(labels), len(KINDS))
    questions = {key: subject.question for key, subject in subjects.items()}
    teacher = Teacher(network, Packer(describe(packed, vocabulary, "")), questions, labels)
    if arguments.depart:
        resume(network, labels, arguments.depart)
    else:
        teacher.centre(examples[:_CENTRED_ON])
    if arguments.gelees:
        network.freeze(arguments.gelees)
    return teacher, vocabulary


def turns_left_out(data: donnees.Data) -> list[Example]:
    subjects = data.learnt.subjects
    return [turn for each in data.left_out for turn in donnees.turns(each, subjects)]


def learn(
    teacher: Teacher, vocabulary: Sequence[int], data: donnees.Data, arguments: argparse.Namespace
) -> None:
    """Says the loss, and after each epoch what is read of the turns left out.

    With `--minutes` the pace follows the clock, and each epoch reads the data anew: what has been
    written meanwhile is learnt too.
    """
    dice, apart = random.Random(_SEED), turns_left_out(data)
    optimizer = optimiser(teacher.network, arguments.pas, arguments.pas_tetes)
    rates = [group["lr"] for group in optimizer.param_groups]
    size = len(epoch(data.learnt, arguments.phrases, random.Random(0)))
    total = int(arguments.epoques * size / BATCH)
    step, mean, start = 0, 0.0, time.monotonic()

    def done() -> float:
        if arguments.minutes:
            return (time.monotonic() - start) / 60 / arguments.minutes
        return step / total

    while done() < 1:
        if arguments.minutes:
            data = read(arguments)
        examples = epoch(data.learnt, arguments.phrases, dice)
        for some in batches(teacher, examples, dice):
            if done() >= 1:
                break
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * pace(done())
            loss = teacher.loss([rows for rows, _ in some], [each for _, each in some])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(optimizer.param_groups[0]["params"], 1.0)
            optimizer.step()
            step += 1
            mean = 0.98 * mean + 0.02 * loss.item() if step > 1 else loss.item()
            if step % 100 == 0:
                spent = time.monotonic() - start
                print(f"{step} ({done():.0%}) : {mean:.3f}, {spent:.0f} s", flush=True)
        if apart:
            measured = mesures.figures(apart, teacher.rankings(apart), data.learnt.subjects)
            print(mesures.line(measured), flush=True)
        save(teacher, vocabulary, arguments)


def save(teacher: Teacher, vocabulary: Sequence[int], arguments: argparse.Namespace) -> None:
    arguments.sortie.parent.mkdir(parents=True, exist_ok=True)
    described = {
        "vocabulary": vocabulary, "labels": teacher.labels, "layers": arguments.couches,
    }  # fmt: skip
    torch.save({"state": teacher.network.state_dict(), **described}, arguments.sortie)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sortie", type=Path, required=True, help="fichier .pt à écrire")
    parser.add_argument("--depart", type=Path, help="fichier .pt à continuer")
    parser.add_argument("--couches", type=int, default=12)
    parser.add_argument(
        "--gelees", type=int, default=0, help="premières couches qui n'apprennent plus"
    )
    parser.add_argument("--epoques", type=float, default=3)
    parser.add_argument("--minutes", type=float, help="durée, au lieu d'époques")
    parser.add_argument("--phrases", type=int, default=60, help="par intention et par époque")
    parser.add_argument("--pas", type=float, default=3e-4)
    parser.add_argument("--pas-tetes", type=float, default=3e-3)
    parser.add_argument("--sans-messages", action="store_true", help="sans data/messages")
    parser.add_argument("--tout", action="store_true", help="sans rien mettre de côté")
    parser.add_argument("--fils", type=int, default=2, help="cœurs")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.fils)
    torch.manual_seed(_SEED)
    data = read(arguments)
    teacher, vocabulary = prepare(arguments, data)
    print(f"{len(vocabulary)} morceaux, {len(teacher.labels)} étiquettes", flush=True)
    learn(teacher, vocabulary, data, arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
