# The tests of the three plans beside this file, computed by R from the raw files alone: Rscript raw.R FOLDER > figures.csv
# Debian: r-base-core r-cran-car. FOLDER holds comma-survey.csv, flying-etiquette.csv and StarWars.csv, as published.
suppressMessages(library(car)); options(digits = 15, warn = -1)
folder <- commandArgs(TRUE)[1]
out <- function(study, table, row, test, ...) {
  found <- c(...)
  found <- found[!is.na(found)]
  cat(sprintf("%s,%s,%s,%s,%s,%.15g\n", study, table, row, test, names(found), found), sep = "")
}
blank <- function(x) { x[x == ""] <- NA; x }
ranked <- function(x, levels) factor(blank(x), levels)
figures <- function(t, ci = FALSE) {
  found <- c(statistic = unname(t$statistic), p_value = t$p.value)
  if (ci) found <- c(found, ci_low = t$conf.int[1], ci_high = t$conf.int[2])
  found
}
# of two groups the second less the first
shift <- function(y, g, second) {
  t <- wilcox.test(y[g == second], y[g != second], exact = FALSE, conf.int = TRUE, tol.root = 1e-13)
  found <- figures(t, TRUE)
  found[abs(found) < 1e-10 & grepl("ci", names(found))] <- 0
  found
}
welch <- function(y, g, second) figures(t.test(y[g == second], y[g != second]), TRUE)
rank_sum <- function(y, g, first) figures(wilcox.test(y[g == first], y[g != first], exact = FALSE))
kruskal <- function(y, g) figures(kruskal.test(y, droplevels(factor(g))))
chi <- function(x, g) { t <- table(x, g); figures(chisq.test(t[rowSums(t) > 0, colSums(t) > 0])) }
trend <- function(yes, g) { t <- table(yes, g); figures(prop.trend.test(t["TRUE", ], colSums(t))) }
holm <- function(p) p.adjust(p, "holm")
model <- function(study, table, score, m) {
  a <- Anova(m, type = 2)
  for (term in head(rownames(a), -1)) out(study, table, term, "linear_regression", F = a[term, "F value"], p_term = a[term, "Pr(>F)"])
  s <- summary(m)
  f <- s$fstatistic
  out(study, table, score, "linear_regression", statistic = unname(f[1]), p_value = unname(pf(f[1], f[2], f[3], lower.tail = FALSE)),
    r_squared = s$r.squared, adjusted_r_squared = s$adj.r.squared)
  coefs <- cbind(coef(s), confint(m))[-1, ]
  for (name in rownames(coefs)) out(study, table, name, "coefficient", value = coefs[name, 1], ci_low = coefs[name, 5],
    ci_high = coefs[name, 6], p_value = coefs[name, 4])
}
AGE <- c("18-29", "30-44", "45-60", "> 60")
EDUCATION <- c("Less than high school degree", "High school degree", "Some college or Associate degree", "Bachelor degree", "Graduate degree")
INCOME <- c("$0 - $24,999", "$25,000 - $49,999", "$50,000 - $99,999", "$100,000 - $149,999", "$150,000+")
people <- function(d, at, income = INCOME) list(gender = factor(blank(d[[at]]), c("Female", "Male")), age = ranked(d[[at + 1]], AGE),
  household_income = ranked(d[[at + 2]], income), education = ranked(d[[at + 3]], EDUCATION), location_census_region = factor(blank(d[[at + 4]])))

# comma -----------------------------------------------------------------------
d <- read.csv(file.path(folder, "comma-survey.csv"), check.names = FALSE)
who <- people(d, 9)
care <- c("Not at all", "Not much", "Some", "A lot")
comma <- as.integer(ranked(d[[4]], care)); data <- as.integer(ranked(d[[7]], care)); score <- comma + data
out("comma", "T2", "care", "mann_whitney", shift(score, who$gender, "Male"))
out("comma", "T2", "care", "welch_t", welch(score, who$gender, "Male"))
oxford <- d[[2]] == "It's important for a person to be honest, kind, and loyal."
for (by in c("gender", "age", "education", "household_income")) out("comma", paste0("T3-", by), "oxford", "chi_square", chi(oxford, who[[by]]))
for (by in c("age", "education", "household_income")) out("comma", paste0("T3-", by), "oxford", "proportion_trend", trend(oxford, who[[by]]))
asked <- c(who, list(prior_reading_about = blank(d[[3]]), faced_using_word = blank(d[[6]]), write_following_sentence = blank(d[[5]]),
  opinion_important_unimportant = blank(d[[8]])))
for (name in names(asked)) out("comma", "T4", name, "chi_square", chi(asked[[name]], oxford))
for (name in c("age", "education", "household_income", "location_census_region")) out("comma", "T5", name, "kruskal_wallis", kruskal(score, who[[name]]))
out("comma", "T5", "gender", "mann_whitney", rank_sum(score, who$gender, "Female"))
out("comma", "T5", "prior_reading_about", "mann_whitney", rank_sum(score, asked$prior_reading_about, "Yes"))
for (name in c("age", "education", "household_income")) out("comma", "T6", name, "spearman", figures(cor.test(as.integer(who[[name]]), score, method = "spearman", exact = FALSE)))
items <- list(much_all_care = comma, much_all_care_2 = data, care = score)
for (name in names(items)) out("comma", "T7-gender", name, "mann_whitney", shift(items[[name]], who$gender, "Male"))
for (name in names(items)) out("comma", "T7-age", name, "kruskal_wallis", kruskal(items[[name]], who$age))
p <- holm(sapply(items[1:2], function(y) kruskal(y, who$age)["p_value"]))
for (n in 1:2) out("comma", "T7-age", names(items)[n], "kruskal_wallis", p_holm = p[[n]])
m <- with(who, data.frame(score, gender, age, prior_reading_about = factor(asked$prior_reading_about, c("Yes", "No"))))
model("comma", "T8", "care", lm(score ~ gender + age + prior_reading_about, m))

# flying ----------------------------------------------------------------------
d <- read.csv(file.path(folder, "flying-etiquette.csv"), check.names = FALSE)
who <- people(d, 23, sub("\\$150,000\\+", "150000", INCOME))
degree <- function(x) ifelse(x == "", NA, ifelse(grepl("^No", x), 1, ifelse(grepl("somewhat", x), 2, 3)))
names_of <- c("itrude_move_unsold", "generally_speaking_rude", "itrude_recline_seat", "rude_ask_someone", "itrude_ask_someone",
  "rude_wake_passenger", "itrude_wake_passenger", "general_itrude_bring", "general_rude_knowingly")
items <- setNames(lapply(c(9, 10, 13, 15, 16, 17, 18, 19, 20), function(n) degree(d[[n]])), names_of)
score <- Reduce(`+`, items)
out("flying", "T2", "rude", "welch_t", welch(score, who$gender, "Male"))
out("flying", "T2", "rude", "mann_whitney", shift(score, who$gender, "Male"))
for (name in names_of) out("flying", "T4", name, "chi_square", chi(items[[name]], who$gender))
children <- blank(d[[5]])
all_items <- c(items, list(rude = score))
for (name in names(all_items)) out("flying", "T5-any_children_under", name, "mann_whitney", shift(all_items[[name]], children, "Yes"))
for (name in names(all_items)) out("flying", "T5-age", name, "kruskal_wallis", kruskal(all_items[[name]], who$age))
p <- holm(sapply(items, function(y) kruskal(y, who$age)["p_value"]))
for (n in seq_along(p)) out("flying", "T5-age", names_of[n], "kruskal_wallis", p_holm = p[[n]])
travels <- ranked(d[[2]], c("Never", "Once a year or less", "Once a month or less", "A few times per month", "A few times per week", "Every day"))
reclines <- ranked(d[[3]], c("Never", "Once in a while", "About half the time", "Usually", "Always"))
out("flying", "T6", "gender", "mann_whitney", rank_sum(score, who$gender, "Female"))
out("flying", "T6", "age", "one_way_anova", figures(oneway.test(score ~ who$age, var.equal = TRUE)))
out("flying", "T6", "education", "kruskal_wallis", kruskal(score, who$education))
out("flying", "T6", "often_travel_plane", "kruskal_wallis", kruskal(score, travels))
out("flying", "T6", "ever_recline_seat", "spearman", figures(cor.test(as.integer(reclines), score, method = "spearman", exact = FALSE)))
out("flying", "T6", "any_children_under", "welch_t", figures(t.test(score[children == "No"], score[children == "Yes"])))
smoked <- blank(d[[22]])
exact <- function(x) c(p_value = fisher.test(table(x, smoked), workspace = 2e8)$p.value)
out("flying", "T7", "gender", "fisher_exact", exact(who$gender))
out("flying", "T7", "often_travel_plane", "fisher_exact", exact(travels))
out("flying", "T7", "ever_used_personal", "fisher_exact", exact(blank(d[[21]])))
asked <- list(gender = who$gender, age = who$age, row_three_seats = blank(d[[6]]), should_control_over = blank(d[[8]]),
  under_normal_circumstances = blank(d[[12]]), n6_hour_flight = blank(d[[11]]), ever_used_personal = blank(d[[21]]))
for (name in names(asked)) out("flying", "T8", name, "chi_square", chi(asked[[name]], children))
away <- blank(d[[14]]) == "Yes"
splits <- list(age = who$age, ever_recline_seat = reclines, education = who$education)
for (by in names(splits)) out("flying", paste0("T9-", by), "eliminate", "chi_square", chi(away, splits[[by]]))
for (by in names(splits)) out("flying", paste0("T9-", by), "eliminate", "proportion_trend", trend(away, splits[[by]]))
m <- data.frame(score, gender = who$gender, any_children_under = factor(children, c("No", "Yes")), ever_recline_seat = reclines)
contrasts(m$ever_recline_seat) <- contr.treatment(levels(reclines))
model("flying", "T10", "rude", lm(score ~ gender + any_children_under + ever_recline_seat, m))

# star-wars: two rows of headings, read apart ------------------------------------
d <- read.csv(file.path(folder, "StarWars.csv"), header = FALSE, skip = 2, fileEncoding = "latin1", colClasses = "character")
who <- people(d, 34)
fan <- factor(blank(d[[3]]), c("Yes", "No"))
degree <- function(x) match(x, c("Very unfavorably", "Somewhat unfavorably", "Neither favorably nor unfavorably (neutral)",
  "Somewhat favorably", "Very favorably"))
items <- list(han_solo = 16, luke_skywalker = 17, princess_leia_organa = 18, obi_wan_kenobi = 20, c_3p0 = 25, r2_d2 = 26)
items <- lapply(items, function(n) degree(d[[n]]))
score <- Reduce(`+`, items)
out("star-wars", "T2", "liked", "mann_whitney", shift(score, fan, "No"))
out("star-wars", "T2", "liked", "welch_t", welch(score, fan, "No"))
seen <- sapply(4:9, function(n) d[[n]] != "")
said <- rowSums(seen) > 0 # who ticked nothing did not answer
for (n in 1:6) {
  yes <- ifelse(said, seen[, n], NA)
  for (by in c("gender", "age")) out("star-wars", paste0("T4-", by), paste0("film_", n), "chi_square", chi(yes, who[[by]]))
  out("star-wars", "T4-age", paste0("film_", n), "proportion_trend", trend(yes, who$age))
  rank <- as.integer(d[[9 + n]])
  out("star-wars", "T5", paste0("rank_", n), "welch_t", figures(t.test(rank[who$gender == "Female"], rank[who$gender == "Male"])))
  out("star-wars", "T6", paste0("rank_", n), "kruskal_wallis", kruskal(rank, who$age))
}
asked <- list(gender = who$gender, age = who$age, education = who$education, household_income = who$household_income,
  trek = blank(d[[33]]), expanded = blank(d[[31]]), shot = blank(d[[30]]))
for (name in names(asked)) out("star-wars", "T7", name, "chi_square", chi(asked[[name]], fan))
all_items <- c(items, list(liked = score))
for (name in names(all_items)) out("star-wars", "T8-fan", name, "mann_whitney", shift(all_items[[name]], fan, "No"))
for (name in names(all_items)) out("star-wars", "T8-age", name, "kruskal_wallis", kruskal(all_items[[name]], who$age))
out("star-wars", "T9", "gender", "mann_whitney", rank_sum(score, who$gender, "Female"))
out("star-wars", "T9", "fan", "mann_whitney", rank_sum(score, fan, "Yes"))
for (name in c("age", "education", "shot")) out("star-wars", "T9", name, "kruskal_wallis", kruskal(score, asked[[name]]))
m <- data.frame(score, gender = who$gender, age = who$age, fan)
model("star-wars", "T10", "liked", lm(score ~ gender + age + fan, m))
