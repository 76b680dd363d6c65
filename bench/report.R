# The tables of the Poitou-Charentes plan, made in R from the tidy answers: Rscript bench/report.R STUDY_FOLDER OUTPUT
# What `divan report` computes, as one would write it in base R and car; no page, no figure, no masking, no export.
suppressPackageStartupMessages(library(car))
options(warn = -1)
arguments <- commandArgs(TRUE)
folder <- arguments[1]; output <- arguments[2]
dir.create(output, showWarnings = FALSE, recursive = TRUE)

read_wave <- function(name) read.csv(file.path(folder, "responses", name), colClasses = "character", encoding = "UTF-8")
before <- read_wave("before.csv"); after <- read_wave("after.csv")
roster <- read.csv(file.path(folder, "roster.csv"), colClasses = "character")$code
items <- c("cases", "relation", "local", "admin", "sanitary", "moral", "referral")

once <- function(d) {
  d <- d[d$code != "", ]
  d <- d[!duplicated(d[setdiff(names(d), c("response", "date"))]), ]
  d[!(d$code %in% d$code[duplicated(d$code)]), ]
}
before <- once(before); after <- once(after)
for (item in items) { before[[item]] <- as.integer(before[[item]]); after[[item]] <- as.integer(after[[item]]) }
joined <- before[before$code %in% roster, ]
never <- before[!before$code %in% roster, ]
both <- merge(joined, after, by = "code", suffixes = c("", "_after"))
included <- both[complete.cases(both[c(items, paste0(items, "_after"))]), ]
lost <- joined[!joined$code %in% after$code, ]

levels_of <- list(sex = c("man", "woman"), age = c("under_30", "30_40", "41_50", "51_60", "61_70", "over_70"),
  situation = c("gp", "specialist", "resident", "retired", "other"), years = c("0_3", "4_7", "7_10", "over_10"),
  uses = c("yes", "no"), time = c("under_10_month", "under_10_day", "10_30_day", "30_60_day", "over_60_day"),
  joined_since = c("under_1", "1_2", "2_3", "over_3"), source = c("council", "word_of_mouth", "facebook", "other_group", "supervisor"),
  share = c("under_20", "20_40", "40_60", "60_80", "over_80"), other_group = c("yes", "no"),
  activity = c("none", "passive", "reading", "active", "very_active"))
ticked <- list(liberal = list("practice", c("liberal_group", "liberal_alone")), salaried = list("practice", "salaried"),
  locum = list("practice", "locum"), established = list("practice", "established"), student = list("practice", "student"),
  urban = list("place", "urban"), semirural = list("place", "semirural"), rural = list("place", "rural"),
  hospital = list("place", "hospital"), other_care = list("place", "other_care"))

prepare <- function(d) {
  d$situation[d$situation == "gp_plus"] <- "gp"
  for (name in names(ticked)) {
    chosen <- strsplit(d[[ticked[[name]][[1]]]], ";", fixed = TRUE)
    yes <- rep(FALSE, nrow(d))
    yes[rep(seq_along(chosen), lengths(chosen))[unlist(chosen) %in% ticked[[name]][[2]]]] <- TRUE
    d[[name]] <- factor(yes, c(TRUE, FALSE))
  }
  for (name in names(levels_of)) for (column in intersect(c(name, paste0(name, "_after")), names(d)))
    d[[column]] <- factor(d[[column]], levels_of[[name]])
  d$family <- factor(d$family)
  d$composite <- rowSums(d[items])
  if ("cases_after" %in% names(d)) d$composite_after <- rowSums(d[paste0(items, "_after")])
  d
}
included <- prepare(included); never <- prepare(never); lost <- prepare(lost)

write <- function(table, name) write.csv(table, file.path(output, paste0(name, ".csv")), row.names = FALSE)
first <- c("sex", "age", "family", "situation", names(ticked), "years", "uses", "time")
second <- c("sex", "age", "family", "situation", names(ticked), "years", "uses", "joined_since", "source", "time_after",
  "share", "other_group", "activity")
stack <- function(names, make) do.call(rbind, lapply(names, function(name) cbind(variable = name, make(name))))
counted <- function(x) { n <- table(x, useNA = "ifany"); data.frame(level = names(n), n = as.vector(n), percent = 100 * as.vector(prop.table(n))) }
summed <- function(x) { q <- quantile(x, c(.25, .5, .75)); c(mean = mean(x), sd = sd(x), q1 = q[[1]], median = q[[2]], q3 = q[[3]]) }
p_of <- function(test) tryCatch(test$p.value, error = function(e) NA)

# T1
write(stack(union(first, second), function(name) counted(included[[name]])), "T1")
# T2
change <- included$composite_after - included$composite
ranks <- wilcox.test(included$composite_after, included$composite, paired = TRUE, conf.int = TRUE)
signs <- binom.test(sum(change > 0), sum(change != 0))
student <- t.test(included$composite_after, included$composite, paired = TRUE)
write(rbind(summed(included$composite), summed(included$composite_after), summed(change)), "T2")
write(data.frame(test = c("sign", "signed_rank", "paired_t"), p = c(signs$p.value, ranks$p.value, student$p.value),
  estimate = c(signs$estimate, ranks$estimate, student$estimate), low = c(signs$conf.int[1], ranks$conf.int[1], student$conf.int[1]),
  high = c(signs$conf.int[2], ranks$conf.int[2], student$conf.int[2])), "T2_tests")
# T3
write(stack(items, function(item) cbind(counted(factor(included[[item]], 1:5)), after = as.vector(table(factor(included[[paste0(item, "_after")]], 1:5))))), "T3")
# T4
item_tests <- stack(items, function(item) {
  x <- included[[item]]; y <- included[[paste0(item, "_after")]]
  r <- wilcox.test(y, x, paired = TRUE, conf.int = TRUE)
  data.frame(before = mean(x), after = mean(y), unpaired = wilcox.test(y, x)$p.value, paired = r$p.value, shift = r$estimate,
    low = r$conf.int[1], high = r$conf.int[2], sign = binom.test(sum(y > x), sum(y != x))$p.value)
})
for (name in c("unpaired", "paired", "sign")) item_tests[[paste0(name, "_holm")]] <- p.adjust(item_tests[[name]], "holm")
write(item_tests, "T4")
# T5, T6
score_by <- function(names, outcome) stack(names, function(name) {
  group <- droplevels(included[[name]])
  known <- !is.na(group)
  n <- table(group)
  rows <- do.call(rbind, tapply(included[[outcome]][known], group[known], summed))
  p <- if (nlevels(group) == 2) p_of(wilcox.test(included[[outcome]] ~ group)) else if (nlevels(group) > 2) p_of(kruskal.test(included[[outcome]], group)) else NA
  data.frame(level = names(n), n = as.vector(n), percent = 100 * as.vector(prop.table(n)), rows, p = p)
})
write(score_by(first, "composite"), "T5")
write(score_by(second, "composite_after"), "T6")
# T7
step <- as.integer(included$time_after) - as.integer(included$time)
write(counted(factor(sign(step), -1:1)), "T7")
# T8
terms <- c("sex", "age", "time_after", "established", "rural", "semirural", "urban")
known <- droplevels(na.omit(included[c("composite_after", terms)]))
model <- lm(reformulate(Filter(function(t) nlevels(known[[t]]) > 1, terms), "composite_after"), known)
write(cbind(summary(model)$coefficients, confint(model)), "T8")
write(as.data.frame(Anova(model, type = 2)), "T8_terms")
write(data.frame(cook = max(cooks.distance(model)), r2 = summary(model)$r.squared), "T8_checks")
# T9, T10, included against lost
compare <- function(others, names) stack(names, function(name) {
  counts <- rbind(table(factor(included[[name]])), table(factor(others[[name]], levels(factor(included[[name]])))))
  counts <- counts[, colSums(counts) > 0, drop = FALSE]
  p <- if (ncol(counts) < 2) NA else if (min(outer(rowSums(counts), colSums(counts)) / sum(counts)) >= 5) p_of(chisq.test(counts)) else
    tryCatch(fisher.test(counts, workspace = 2e7)$p.value, error = function(e) fisher.test(counts, simulate.p.value = TRUE, B = 1e5)$p.value)
  data.frame(level = colnames(counts), included = counts[1, ], others = counts[2, ], p = p)
})
write(compare(never, c(first, items)), "T9")
write(compare(lost, first), "lost")
write(stack(c(items, "composite"), function(item) data.frame(included = mean(included[[item]]), sd = sd(included[[item]]),
  never = mean(never[[item]]), never_sd = sd(never[[item]]), p = p_of(wilcox.test(included[[item]], never[[item]])))), "T10")
# Internal consistency, transitions, time by age
alpha <- function(d) { k <- ncol(d); k / (k - 1) * (1 - sum(apply(d, 2, var)) / var(rowSums(d))) }
without <- function(d) c(alpha(d), sapply(seq_along(d), function(i) alpha(d[-i])))
write(data.frame(before = without(included[items]), after = without(included[paste0(items, "_after")])), "consistency")
write(stack(items, function(item) as.data.frame(table(included[[item]], included[[paste0(item, "_after")]]))), "transitions")
write(as.data.frame(table(included$age, included$time)), "F4")
write(as.data.frame(table(included$age, included$time_after)), "F5")
cat(nrow(included), "included\n")
