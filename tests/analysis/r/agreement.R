# What R's irr, vcd and psych say of coders, on labels drawn here and on their authors' examples, written to agreement.json:
# Rscript tests/analysis/r/agreement.R. CRAN: irr 0.84.1, vcd, psych, jsonlite. The tests read the JSON; they need no R.
#
# irr::kripp.alpha weighs each pair of a unit by 1 / (m - 1) only where some label of the table is missing: without one,
# three coders or more count double and its alpha is not Krippendorff's. Every table of three or more misses a label.
suppressPackageStartupMessages({ library(irr); library(vcd); library(psych); library(jsonlite) })
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
set.seed(14)

# One row a coder, one column a unit.
drawn <- function(coders, units, labels, follow, missing) {
  truth <- sample(labels, units, replace = TRUE, prob = rev(seq_along(labels)))
  rows <- t(sapply(seq_len(coders), function(i)
    ifelse(runif(units) < follow, truth, sample(labels, units, replace = TRUE))))
  rows[runif(length(rows)) < missing] <- NA
  rows
}
split_of <- function(text) sapply(strsplit(text, " ")[[1]], function(one) if (one == ".") NA else one, USE.NAMES = FALSE)
given <- function(...) do.call(rbind, lapply(list(...), split_of))

sets <- list(
  krippendorff_2011_a = given("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"),
  krippendorff_2011_b = given("a a b b d c c c e d d a", "b a b b b c c c e d d d"),
  krippendorff_2011_c = given("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."),
  two_close = drawn(2, 200, letters[1:4], 0.9, 0),
  two_far = drawn(2, 60, letters[1:3], 0.3, 0),
  two_rare = drawn(2, 500, c("no", "no", "no", "no", "no", "no", "yes"), 0.8, 0),
  two_many_labels = drawn(2, 300, paste0("t", 1:30), 0.7, 0),
  two_few = drawn(2, 8, letters[1:2], 0.5, 0),
  two_missing = drawn(2, 120, letters[1:5], 0.7, 0.15),
  three_missing = drawn(3, 90, letters[1:4], 0.7, 0.1),
  five_missing = drawn(5, 150, letters[1:6], 0.6, 0.3)
)

pairs_of <- function(rows) {
  known <- !is.na(rows[1, ]) & !is.na(rows[2, ])
  labels <- sort(unique(c(rows[1, known], rows[2, known])))
  first <- factor(rows[1, known], labels); second <- factor(rows[2, known], labels)
  by_irr <- kappa2(data.frame(first, second)); table <- table(first, second)
  interval <- confint(vcd::Kappa(table))["Unweighted", ]
  by_psych <- cohen.kappa(table)$confid["unweighted kappa", ]
  list(n = by_irr$subjects, kappa = by_irr$value, z = by_irr$statistic, p_value = by_irr$p.value,
    vcd_low = interval[[1]], vcd_high = interval[[2]], psych_kappa = by_psych[["estimate"]],
    psych_low = by_psych[["lower"]], psych_high = by_psych[["upper"]])
}

of_set <- function(rows) {
  found <- list(labels = lapply(seq_len(nrow(rows)), function(i) ifelse(is.na(rows[i, ]), "", rows[i, ])))
  found$alpha <- suppressWarnings(kripp.alpha(rows, "nominal"))$value  # it counts labels that are no numbers as NA
  if (nrow(rows) == 2) found$two <- pairs_of(rows)
  found
}

told <- list(R = as.character(getRversion()),
  packages = lapply(c(irr = "irr", vcd = "vcd", psych = "psych"), function(p) as.character(packageVersion(p))),
  sets = lapply(sets, of_set))
write(toJSON(told, auto_unbox = TRUE, digits = 15, null = "null"), file.path(here, "agreement.json"))
