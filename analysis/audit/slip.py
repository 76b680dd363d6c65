"""A slip: something printed that cannot be so, found from the printed figures alone."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = {
    "swapped_labels": "libellés intervertis",
    "subtotal": "sous-total",
    "repeated_level": "niveau répété",
    "labels_differ": "libellés différents",
    "conflict": "deux valeurs",
    "percent": "pourcentage",
    "cut_off": "coupé au lieu d'arrondi",
    "mean": "moyenne",
    "impossible_mean": "moyenne impossible (GRIM)",
    "impossible_sd": "écart-type impossible (GRIMMER)",
    "difference": "différence",
    "quartiles": "quartiles",
    "p_value": "p",
    "interval": "intervalle",
    "model": "modèle",
    "stars": "étoiles",
    "method": "méthode",
}


def shown(figure: str) -> str:
    """A printed figure with the French comma."""
    return figure.replace(".", ",")


@dataclass(frozen=True, slots=True)
class Slip:
    """``message`` is a French sentence with the figures that show it."""

    kind: str
    table: str
    row: str
    wave: str | None
    message: str
