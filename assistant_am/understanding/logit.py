"""Weights by which the right ones of a few candidates are told from the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant_am.understanding.ranking import softmax


def conditional_logit(
    cases: Sequence[tuple[NDArray[Any], NDArray[Any]]], features: int, penalty: float
) -> NDArray[Any]:
    """One weight a feature, in the order of the columns.

    A case is its candidates × features, and which candidates are right (booleans, at least one);
    `penalty` is that of the square of the weights.
    """

    def loss(weights: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        value, gradient = penalty / 2 * float(weights @ weights), penalty * weights
        for rows, right in cases:
            probabilities = softmax(rows @ weights)
            held = float(probabilities[right].sum()) + 1e-12
            value -= float(np.log(held))
            gradient = gradient - rows.T @ (probabilities * right / held - probabilities)
        return value, gradient

    return np.asarray(minimize(loss, np.zeros(features), jac=True, method="L-BFGS-B").x)
