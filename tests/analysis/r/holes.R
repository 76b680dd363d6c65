# What mice makes of holes.csv, for tests/analysis/statistics/test_imputation.py: Rscript tests/analysis/r/holes.R
# Debian: r-cran-mice.
suppressMessages(library(mice)); options(digits = 8)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
d <- read.csv(file.path(here, "holes.csv"))
filled <- mice(d, m = 600, method = "pmm", maxit = 10, seed = 3, printFlag = FALSE)
changes <- lapply(1:600, function(i) with(complete(filled, i), after - before))
r <- pool.scalar(sapply(changes, mean), sapply(changes, function(x) var(x) / length(x)), n = nrow(d), k = 1)
print(c(estimate = r$qbar, error = sqrt(r$t), missing_information = r$fmi))
