"""Which words are typical of one text against another: log-likelihood, with an effect size."""

from __future__ import annotations

import math

from scipy import special, stats

from analysis.statistics.result import Result

CORRECTED = 0.5


def keyness(first: int, second: int, first_words: int, second_words: int) -> Result:
    """A word that comes ``first`` times among so many words of a text, ``second`` times among those of another.

    ``statistic`` is G², on the 2 x 2 table (word, other words), 1 degree of freedom; ``estimate`` and ``effect_size``
    the log ratio: how many times its frequency doubles from the second text to the first, 0.5 standing for a word that
    one of them does not have. Sources: Dunning, Computational Linguistics, 1993; Hardie, Log Ratio, 2014.
    """
    detail = {"estimate": "log_ratio", "effect": "log_ratio"}
    n = first_words + second_words
    if not first_words or not second_words or not first + second or first + second == n:
        return Result("keyness", n, detail=detail, undefined="il faut deux textes, et d'autres mots que celui-ci")
    table = [[first, second], [first_words - first, second_words - second]]
    g2 = float(stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic)
    shares = ((first or CORRECTED) / first_words, (second or CORRECTED) / second_words)
    ratio = math.log2(shares[0] / shares[1])
    return Result("keyness", n, statistic=g2, dof=1, p_value=float(special.chdtrc(1, g2)), estimate=ratio,
                  effect_size=ratio, detail=detail)  # fmt: skip
