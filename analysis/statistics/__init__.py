"""The statistics of a report: pure functions that give R 4's figures (see docs/parity.md).

Numbers come in as anything numpy takes, NaN or None for a missing answer; each function leaves out what it
must and says how many it kept. Nothing is rounded, nothing is read or written, nothing warns: what cannot be
computed comes back with ``p_value`` None and the reason, in French, in ``undefined``.
"""

from analysis.statistics.agreement import cohen_kappa, cronbach_alpha
from analysis.statistics.contingency import chi_square, marginal_homogeneity, mcnemar
from analysis.statistics.descriptives import Descriptives, describe, quantile
from analysis.statistics.design_matrix import Term
from analysis.statistics.differences import levels_difference, proportion_difference, standardised_difference
from analysis.statistics.fisher import fisher_exact
from analysis.statistics.kruskal_wallis import kruskal_wallis
from analysis.statistics.mann_whitney import mann_whitney
from analysis.statistics.means import mean_interval, one_way_anova, paired_t, welch_t
from analysis.statistics.mixed_model import OverWaves, over_waves
from analysis.statistics.multiplicity import holm
from analysis.statistics.proportions import Proportion, clopper_pearson, wilson
from analysis.statistics.result import Result
from analysis.statistics.shapiro_wilk import shapiro_wilk
from analysis.statistics.sign import sign_test
from analysis.statistics.signed_rank import signed_rank
from analysis.statistics.trend import proportion_trend, spearman
