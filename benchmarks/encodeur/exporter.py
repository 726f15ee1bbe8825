"""Make `modele.onnx` and `vocabulaire.json` of a fine-tuned network.

python -m benchmarks.encodeur.exporter var/encodeur/second.pt --nom am-e5-6 [--dossier …]

Compares the two networks on turns of conversations, packed as the assistant packs them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from assistant_am.understanding.encoder import FOLDER, MODEL, VOCABULARY, Before, Encoder
from benchmarks import donnees
from benchmarks.encodeur.e5 import Packed, installed
from benchmarks.encodeur.enseignement import KINDS
from benchmarks.encodeur.reseau import Network, batch
from benchmarks.encodeur.vocabulaire import Packer, describe

_OPSET = 14
_COMPARED = 200
_INPUTS = ("pieces", "parts", "present")


class Vector(nn.Module):
    """The network without its heads."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self._network = network

    def forward(self, pieces: Tensor, parts: Tensor, present: Tensor) -> Tensor:
        return self._network.encode(pieces, parts, present)


def restored(packed: Packed, path: Path) -> tuple[Network, list[int]]:
    """What `affiner` wrote: the network and the rows of its vocabulary."""
    saved = torch.load(path, map_location="cpu")
    network = Network(
        packed, saved["vocabulary"], saved["layers"], len(saved["labels"]), len(KINDS)
    )
    network.load_state_dict(saved["state"])
    return network.eval(), saved["vocabulary"]


def export(network: Network, path: Path) -> None:
    """Any number of messages, of any length; matrices and pieces in 8 bits."""
    parts = [0] * 10 + [1] * 10 + [2] * 20
    given = batch([([0] * len(parts), parts)])
    axes = {name: {0: "messages", 1: "longueur"} for name in _INPUTS}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / MODEL
        torch.onnx.export(
            Vector(network).eval(), given, str(whole), opset_version=_OPSET,
            input_names=list(_INPUTS), output_names=["vector"],
            dynamic_axes={**axes, "vector": {0: "messages"}},
        )  # fmt: skip
        quantize_dynamic(
            whole, path, weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )  # fmt: skip


def compare(network: Network, packer: Packer, folder: Path) -> str:
    """How near the vectors of the assistant's encoder are to those of torch, and its time."""
    data = donnees.read()
    turns = [t for each in data.left_out for t in donnees.turns(each, data.learnt.subjects)]
    encoder, cosines, times = Encoder(folder), [], []
    for turn in turns[:_COMPARED]:
        subject = data.learnt.subjects.get(turn.context.subject)
        before = Before(subject.question if subject else "", turn.context.message)
        start = time.perf_counter()
        small = encoder.encode([turn.text], [before])[0]
        times.append(time.perf_counter() - start)
        with torch.no_grad():
            whole = network.encode(*batch([packer.pack(turn.text, before)]))[0].numpy()
        cosines.append(small @ whole / np.linalg.norm(small) / np.linalg.norm(whole))
    return (
        f"{len(cosines)} messages : cosinus {np.mean(cosines):.4f} en moyenne, "
        f"{min(cosines):.4f} au moins ; {1000 * np.median(times):.1f} ms (médiane)"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("reseau", type=Path, help="fichier .pt")
    parser.add_argument("--nom", required=True, help="nom inscrit dans vocabulaire.json")
    parser.add_argument("--dossier", type=Path, default=FOLDER, help="où écrire")
    arguments = parser.parse_args()
    packed = installed()
    network, vocabulary = restored(packed, arguments.reseau)
    described = describe(packed, vocabulary, arguments.nom)
    arguments.dossier.mkdir(parents=True, exist_ok=True)
    export(network, arguments.dossier / MODEL)
    written = json.dumps(described, ensure_ascii=False)
    (arguments.dossier / VOCABULARY).write_text(written, encoding="utf-8")
    print(compare(network, Packer(described), arguments.dossier))
    return 0


if __name__ == "__main__":
    sys.exit(main())
