# What R gives on every data set of data/, written to parity.json: Rscript tests/analysis/r/parity.R
# Debian: r-base-core r-cran-car r-cran-lme4 r-cran-lmtest r-cran-jsonlite. The tests read the JSON; they need no R.
suppressPackageStartupMessages({ library(car); library(lmtest); library(jsonlite) })
options(warn = -1, contrasts = c("contr.treatment", "contr.poly"))

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "models.R"))
levels_declared <- c("A", "B", "C", "D", "E")

# A statistic that R cannot compute is an object with its error.
attempt <- function(expression) tryCatch(expression, error = function(e) list(error = conditionMessage(e)))
plain <- function(values) lapply(as.list(values), function(v) {
  if (length(v) != 1) return(v)
  if (is.nan(v) || is.na(v)) NULL else if (is.infinite(v)) if (v > 0) "Inf" else "-Inf" else as.numeric(v)
})
named <- function(...) plain(list(...))

describe <- function(x) {
  x <- x[!is.na(x)]
  q <- function(type) quantile(x, c(0.1, 0.25, 0.5, 0.75, 0.9), type = type, names = FALSE)
  found <- c(mean = mean(x), sd = sd(x), setNames(q(7), paste0("type7_", c(10, 25, 50, 75, 90))),
    setNames(q(2), paste0("type2_", c(10, 25, 50, 75, 90))), setNames(q(6), paste0("type6_", c(10, 25, 50, 75, 90))))
  plain(found)
}

signs <- function(d) {
  change <- na.omit(d$after - d$before)
  t <- binom.test(sum(change > 0), sum(change != 0))
  named(statistic = t$statistic, p_value = t$p.value, estimate = t$estimate, ci_low = t$conf.int[1], ci_high = t$conf.int[2])
}

# Bounds found to the last digit (R stops at the fourth unless told), and a zero is a zero.
found_at <- function(x) ifelse(abs(x) < 1e-11, 0, x)

# Without its interval when R cannot give one, so that the p-value is compared all the same. The estimate is the median
# of the pairwise sums: where the statistic is null along an interval, R gives whichever point of it it fell upon.
wilcoxon <- function(..., sums) {
  t <- tryCatch(wilcox.test(..., conf.int = TRUE, tol.root = 1e-13), error = function(e) wilcox.test(...))
  if (is.null(t$conf.int) || !length(sums)) return(named(statistic = t$statistic, p_value = t$p.value))
  sums <- sort(sums)
  middle <- sums[c(floor((length(sums) + 1) / 2), floor((length(sums) + 2) / 2))]
  stopifnot(t$estimate >= middle[1] - 1e-9, t$estimate <= middle[2] + 1e-9)
  found <- named(statistic = t$statistic, p_value = t$p.value, estimate = mean(middle))
  reached <- attr(t$conf.int, "conf.level")
  if (reached > 0) found <- c(found, named(ci_low = found_at(t$conf.int[1]), ci_high = found_at(t$conf.int[2])))
  found
}

averages <- function(d) {
  change <- na.omit(d$after - d$before)
  change <- change[change != 0]
  sums <- outer(change, change, "+") / 2
  sums[!lower.tri(sums)]
}

differences <- function(d) outer(na.omit(d$before[which(d$yes == 1)]), na.omit(d$before[which(d$yes == 0)]), "-")

# The interval of all changes, those of zero kept: moved far from zero, none is dropped.
all_changes <- function(d) {
  change <- na.omit(d$after - d$before)
  if (!any(change == 0)) stop("as signed_rank")
  t <- wilcox.test(change + 64, conf.int = TRUE, tol.root = 1e-13)
  if (!isTRUE(attr(t$conf.int, "conf.level") > 0)) stop("no interval")
  named(low = found_at(t$conf.int[1] - 64), high = found_at(t$conf.int[2] - 64))
}

student <- function(t, estimate) named(statistic = t$statistic, dof = t$parameter, p_value = t$p.value,
  estimate = estimate, ci_low = t$conf.int[1], ci_high = t$conf.int[2])

anova_of <- function(d, equal) {
  d <- d[!is.na(d$after) & !is.na(d$group), ]
  d$group <- droplevels(d$group)
  if (nrow(d) && var(d$after) == 0) stop("constant")  # anova() makes an F of rounding noise
  if (equal) {
    a <- anova(lm(after ~ group, d))
    return(named(statistic = a[1, "F value"], dof_1 = a[1, "Df"], dof_2 = a[2, "Df"], p_value = a[1, "Pr(>F)"]))
  }
  t <- oneway.test(after ~ group, d)
  named(statistic = t$statistic, dof_1 = t$parameter[1], dof_2 = t$parameter[2], p_value = t$p.value)
}

filled <- function(counts) counts[rowSums(counts) > 0, colSums(counts) > 0, drop = FALSE]

chi_square <- function(counts) {
  counts <- filled(counts)
  if (min(dim(counts)) < 2) stop("one row or column")
  t <- chisq.test(counts)
  named(statistic = t$statistic, dof = t$parameter, p_value = t$p.value)
}

# R's own function, but its odds ratio and bounds found to the last digit instead of the fourth.
fisher_test <- fisher.test
environment(fisher_test) <- list2env(
  list(uniroot = function(f, interval, ...) stats::uniroot(f, interval, ..., tol = 1e-14)), parent = environment(fisher.test))

fisher <- function(counts) {
  counts <- filled(counts)
  if (min(dim(counts)) < 2) stop("one row or column")
  t <- fisher_test(counts, workspace = 2e8)
  if (is.null(t$estimate)) return(named(p_value = t$p.value))
  named(p_value = t$p.value, estimate = t$estimate, ci_low = t$conf.int[1], ci_high = t$conf.int[2])
}

# Bowker's statistic is NaN in mcnemar.test when two levels never exchange anybody: the pair is left out by hand.
symmetry <- function(counts) {
  if (nrow(counts) == 2) {
    t <- mcnemar.test(counts)
    return(named(statistic = t$statistic, dof = t$parameter, p_value = t$p.value))
  }
  both <- (counts + t(counts))[upper.tri(counts)]
  apart <- (counts - t(counts))[upper.tri(counts)]
  moved <- both > 0
  if (all(moved)) stopifnot(all.equal(sum(apart^2 / both), unname(mcnemar.test(counts)$statistic)))
  if (!any(moved)) stop("nobody moved")
  statistic <- sum(apart[moved]^2 / both[moved])
  named(statistic = statistic, dof = sum(moved), p_value = pchisq(statistic, sum(moved), lower.tail = FALSE))
}

# Stuart (1955), Maxwell (1970), from their formula.
homogeneity <- function(counts) {
  diag(counts) <- 0
  active <- rowSums(counts) + colSums(counts) > 0
  counts <- counts[active, active, drop = FALSE]
  k <- nrow(counts)
  if (k < 2) stop("nobody moved")
  d <- (rowSums(counts) - colSums(counts))[-k]
  v <- diag(rowSums(counts) + colSums(counts), k) - counts - t(counts)
  statistic <- drop(d %*% solve(v[-k, -k, drop = FALSE]) %*% d)
  named(statistic = statistic, dof = k - 1, p_value = pchisq(statistic, k - 1, lower.tail = FALSE))
}

trend <- function(d) {
  d <- d[!is.na(d$band) & !is.na(d$yes), ]
  n <- table(d$band)
  x <- tapply(d$yes, d$band, sum)[n > 0]
  score <- which(n > 0)
  n <- n[n > 0]
  if (length(n) < 2) stop("one band")
  t <- prop.trend.test(x, n, score)
  named(statistic = t$statistic, dof = t$parameter, p_value = t$p.value)
}

proportion <- function(x, correct) {
  t <- prop.test(sum(x), length(x), correct = correct)
  named(estimate = t$estimate, ci_low = t$conf.int[1], ci_high = t$conf.int[2])
}

alpha <- function(items) {
  items <- na.omit(items)
  n <- nrow(items); k <- ncol(items)
  if (n < 2 || var(rowSums(items)) == 0) stop("no spread")
  a <- k / (k - 1) * (1 - sum(apply(items, 2, var)) / var(rowSums(items)))
  feldt <- 1 - (1 - a) * qf(c(0.975, 0.025), n - 1, (n - 1) * (k - 1))
  named(estimate = a, ci_low = feldt[1], ci_high = feldt[2])
}

# Cohen (1960), with the large-sample errors of Fleiss, Cohen & Everitt (1969), written cell by cell.
kappa_of <- function(a, b) {
  known <- !is.na(a) & !is.na(b) & a != "" & b != ""
  labels <- sort(unique(c(a[known], b[known])))
  if (length(labels) < 2) stop("one label")
  p <- prop.table(table(factor(a[known], labels), factor(b[known], labels)))
  n <- sum(known); r <- rowSums(p); s <- colSums(p)
  po <- sum(diag(p)); pe <- sum(r * s); k <- (po - pe) / (1 - pe)
  first <- 0; second <- 0
  for (i in seq_along(labels)) for (j in seq_along(labels)) {
    if (i == j) first <- first + p[i, i] * (1 - (r[i] + s[i]) * (1 - k))^2
    else second <- second + p[i, j] * (s[i] + r[j])^2
  }
  error <- sqrt((first + (1 - k)^2 * second - (k - pe * (1 - k))^2) / n) / (1 - pe)
  null <- sqrt((pe + pe^2 - sum(r * s * (r + s))) / n) / (1 - pe)
  named(estimate = k, ci_low = max(-1, k - qnorm(0.975) * error), ci_high = min(1, k + qnorm(0.975) * error),
    statistic = k / null, p_value = 2 * pnorm(-abs(k / null)))
}

regression <- function(d) {
  used <- c("after", "group", "band", "yes", "x", "z", "w")
  d <- droplevels(na.omit(d[used]))
  if (nrow(d) == 0 || var(d$after) == 0) stop("no spread")
  kept <- Filter(function(name) !is.factor(d[[name]]) || nlevels(d[[name]]) > 1, used[-1])
  m <- lm(reformulate(kept, "after"), d)
  if (m$df.residual == 0) stop("saturated")
  s <- summary(m)
  if (s$sigma < 1e-10 * sd(d$after)) stop("perfect fit")
  found <- named(r_squared = s$r.squared, adjusted_r_squared = s$adj.r.squared, sigma = s$sigma,
    statistic = s$fstatistic[[1]], dof_1 = s$fstatistic[[2]], dof_2 = s$fstatistic[[3]],
    p_value = pf(s$fstatistic[[1]], s$fstatistic[[2]], s$fstatistic[[3]], lower.tail = FALSE))
  interval <- confint(m)
  for (name in rownames(s$coefficients)) found[[paste0("coefficient_", name)]] <- unname(c(s$coefficients[name, ], interval[name, ]))
  found$aliased <- I(names(which(is.na(coef(m)))))
  tests <- drop1(m, test = "F")
  for (name in rownames(tests)[-1]) {
    if (!is.na(tests[name, "F value"])) found[[paste0("term_", name)]] <-
      c(tests[name, "Df"], tests[name, "Sum of Sq"], tests[name, "F value"], tests[name, "Pr(>F)"])
  }
  # car refuses aliased columns, and residuals that it finds too small.
  type2 <- tryCatch(Anova(m, type = 2), error = function(e) NULL)
  if (!is.null(type2)) for (name in kept) stopifnot(all.equal(type2[name, "F value"], tests[name, "F value"]))
  c(found, checks(m, kept))
}

checks <- function(m, kept) {
  bp <- bptest(m)
  found <- named(breusch_pagan = bp$statistic, breusch_pagan_p = bp$p.value, largest_cook = max(cooks.distance(m), na.rm = TRUE))
  w <- attempt(shapiro.test(resid(m)))
  if (is.null(w$error)) found <- c(found, named(residual_w = w$statistic, residual_p = w$p.value))
  if (!any(is.na(coef(m))) && length(kept) > 1) {
    v <- as.matrix(vif(m))
    if (ncol(v) == 1) v <- cbind(v, 1, sqrt(v))
    for (name in rownames(v)) found[[paste0("inflation_", name)]] <- v[name, 3]
  }
  found
}

one_set <- function(path) {
  d <- read.csv(path, na.strings = "", colClasses = c(group = "character", band = "character", coder_a = "character", coder_b = "character"))
  for (name in c("group", "band")) d[[name]] <- factor(d[[name]], levels_declared)
  levels_1_5 <- function(x) factor(x, 1:5)
  items <- d[paste0("item", 1:4)]
  yes <- d$yes[!is.na(d$yes)]
  flag <- function(x) factor(x, 0:1)
  p_values <- sapply(1:3, function(i) tryCatch(
    wilcox.test(items[[i + 1]], items[[i]], paired = TRUE)$p.value, error = function(e) NA))
  c(models_of(d), list(
    describe = attempt(describe(d$before)),
    sign = attempt(signs(d)),
    signed_rank = attempt(wilcoxon(d$after, d$before, paired = TRUE, sums = averages(d))),
    signed_rank_all_changes = attempt(all_changes(d)),
    paired_t = attempt({ t <- t.test(d$after, d$before, paired = TRUE); student(t, t$estimate) }),
    mann_whitney = attempt(wilcoxon(d$before[which(d$yes == 1)], d$before[which(d$yes == 0)], sums = differences(d))),
    welch_t = attempt({ t <- t.test(d$before[which(d$yes == 1)], d$before[which(d$yes == 0)]); student(t, -diff(t$estimate)) }),
    kruskal_wallis = attempt({ t <- kruskal.test(d$before, d$group); named(statistic = t$statistic, dof = t$parameter, p_value = t$p.value) }),
    anova = attempt(anova_of(d, TRUE)),
    anova_welch = attempt(anova_of(d, FALSE)),
    spearman = attempt({ t <- cor.test(d$before, d$after, method = "spearman"); named(statistic = t$statistic, p_value = t$p.value, estimate = t$estimate) }),
    spearman_items = attempt({ t <- cor.test(d$item1, d$item2, method = "spearman"); named(statistic = t$statistic, p_value = t$p.value, estimate = t$estimate) }),
    proportion_trend = attempt(trend(d)),
    shapiro_wilk = attempt({ t <- shapiro.test(d$before); named(statistic = t$statistic, p_value = t$p.value) }),
    shapiro_wilk_change = attempt({ t <- shapiro.test(d$after - d$before); named(statistic = t$statistic, p_value = t$p.value) }),
    chi_square = attempt(chi_square(table(d$group, d$yes))),
    chi_square_2x2 = attempt(chi_square(table(d$yes, d$yes_later))),
    fisher_exact = attempt(fisher(table(d$group, d$yes))),
    fisher_exact_2x2 = attempt(fisher(table(d$yes, d$yes_later))),
    fisher_exact_levels = attempt(fisher(table(levels_1_5(d$item1), d$yes))),
    fisher_exact_large = attempt(if (nrow(d) > 40) stop("kept small") else fisher(table(d$group, d$band))),
    mcnemar_2x2 = attempt(symmetry(table(flag(d$yes), flag(d$yes_later)))),
    mcnemar = attempt(symmetry(table(levels_1_5(d$level_before), levels_1_5(d$level_after)))),
    marginal_homogeneity = attempt(homogeneity(table(levels_1_5(d$level_before), levels_1_5(d$level_after)))),
    wilson_continuity = attempt(proportion(yes, TRUE)),
    wilson = attempt(proportion(yes, FALSE)),
    clopper_pearson = attempt({ t <- binom.test(sum(yes), length(yes)); named(estimate = t$estimate, ci_low = t$conf.int[1], ci_high = t$conf.int[2]) }),
    holm = plain(setNames(p.adjust(p_values, "holm"), c("first", "second", "third"))),
    cronbach_alpha = attempt(alpha(items)),
    cohen_kappa = attempt(kappa_of(d$coder_a, d$coder_b)),
    linear_regression = attempt(regression(d))
  ))
}

paths <- sort(list.files(file.path(here, "data"), pattern = "[.]csv$", full.names = TRUE))
figures <- lapply(setNames(paths, sub("[.]csv$", "", basename(paths))), one_set)
software <- list(R = paste(R.version$major, R.version$minor, sep = "."), car = as.character(packageVersion("car")),
  lmtest = as.character(packageVersion("lmtest")), MASS = as.character(packageVersion("MASS")),
  lme4 = as.character(packageVersion("lme4")))
writeLines(toJSON(list(software = software, figures = figures), auto_unbox = TRUE, digits = I(17), null = "null", pretty = 1),
  file.path(here, "parity.json"))
