"""Regression models: one module a kind, and one record that each of them gives back."""

from analysis.statistics.models.fitted_model import Coefficient, FittedModel, TermTest
from analysis.statistics.models.linear_regression import linear_regression
from analysis.statistics.models.logistic_regression import logistic_regression
from analysis.statistics.models.negative_binomial import negative_binomial_regression
from analysis.statistics.models.ordinal_regression import ordinal_regression
from analysis.statistics.models.poisson_regression import poisson_regression
from analysis.statistics.models.random_intercept import random_intercept
