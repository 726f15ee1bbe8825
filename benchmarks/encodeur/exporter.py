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
import onnx
import torch
from onnx import NodeProto, helper, numpy_helper
from torch import Tensor, nn

from assistant_am.understanding.encoder import FOLDER, MODEL, VOCABULARY, Before, Encoder
from benchmarks import donnees
from benchmarks.encodeur.e5 import Packed, installed
from benchmarks.encodeur.enseignement import KINDS
from benchmarks.encodeur.reseau import Network, batch
from benchmarks.encodeur.vocabulaire import Packer, describe

_OPSET = 14
_COMPARED = 200
_LARGE = 20_000
_WEIGHTS = {"MatMul": 1, "Gather": 0}
"""Where the weights stand among a node's inputs."""
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
    parts = [0] * 10 + [1] * 10 + [2] * 10 + [3] * 20
    given = batch([([0] * len(parts), parts)])
    axes = {name: {0: "messages", 1: "longueur"} for name in _INPUTS}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / MODEL
        torch.onnx.export(
            Vector(network).eval(), given, str(whole), opset_version=_OPSET,
            input_names=list(_INPUTS), output_names=["vector"],
            dynamic_axes={**axes, "vector": {0: "messages"}},
        )  # fmt: skip
        onnx.save(in_8_bits(onnx.load(str(whole))), str(path))


def in_8_bits(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model, its large matrices kept in 8 bits with a scale for each output, computed in 32:
    8-bit sums would make a message's vector depend on the others of its batch."""
    graph = model.graph
    arrays = {each.name: each for each in graph.initializer}
    large: dict[str, NodeProto] = {}
    for node in graph.node:
        place = _WEIGHTS.get(node.op_type)
        if place is None or node.input[place] not in arrays:
            continue
        name = node.input[place]
        weights = numpy_helper.to_array(arrays[name])
        if weights.ndim != 2 or weights.size < _LARGE:  # noqa: PLR2004
            continue
        if name not in large:
            # Columns of a matrix are its outputs; rows of the vocabulary are its pieces.
            axis = 1 if node.op_type == "MatMul" else 0
            scales = np.abs(weights).max(axis=1 - axis).astype(np.float32) / 127
            scales[scales == 0] = 1
            spread = scales[None, :] if axis else scales[:, None]
            parts = {
                "q": np.round(weights / spread).astype(np.int8),
                "s": scales,
                "z": np.zeros(len(scales), np.int8),
            }
            names = [f"{name}_{key}" for key in parts]
            graph.initializer.extend(
                numpy_helper.from_array(array, f"{name}_{key}") for key, array in parts.items()
            )
            large[name] = helper.make_node("DequantizeLinear", names, [f"{name}_d"], axis=axis)
        node.input[place] = f"{name}_d"
    for name in large:
        graph.initializer.remove(arrays[name])
    for node in large.values():
        graph.node.insert(0, node)
    onnx.checker.check_model(model)
    return model


def compare(network: Network, packer: Packer, folder: Path) -> str:
    """How near the vectors of the assistant's encoder are to those of torch, and its time."""
    data = donnees.read()
    turns = [t for each in data.left_out for t in donnees.turns(each, data.learnt.subjects)]
    encoder, cosines, times = Encoder(folder), [], []
    for turn in turns[:_COMPARED]:
        subject = data.learnt.subjects.get(turn.context.subject)
        context = turn.context
        question = subject.question if subject else ""
        before = Before(question, context.message, context.opening)
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
