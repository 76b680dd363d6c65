# Models other than least squares, for parity.R: glm, MASS::polr, MASS::glm.nb, lme4::lmer, car::Anova, lmtest::lrtest.
# Debian: r-cran-mass r-cran-lme4 beside those of parity.R. Optimisers are asked for the last digits.
suppressPackageStartupMessages({ library(MASS); library(lme4) })

# A smaller epsilon would also blunt the eye that glm has for aliased columns: it starts again from where it ended.
exact <- glm.control(maxit = 200)
to_the_end <- function(formula, family, d) {
  m <- glm(formula, family, d, control = exact)
  for (round in 1:3) {
    d$reached <- m$linear.predictors
    m <- glm(formula, family, d, control = exact, etastart = reached)
  }
  m
}

rows_of <- function(d, outcome, terms) {
  d <- droplevels(na.omit(d[c(outcome, terms)]))
  if (nrow(d) == 0 || length(unique(d[[outcome]])) == 1) stop("no spread")
  d
}
varying <- function(d, terms) Filter(function(name) length(unique(d[[name]])) > 1, terms)

# A coefficient, its error, z, p, and Wald's interval.
wald <- function(estimate, error) {
  z <- estimate / error
  unname(c(estimate, error, z, 2 * pnorm(-abs(z)), estimate + qnorm(c(0.025, 0.975)) * error))
}

coefficients_of <- function(estimates, covariance) {
  found <- list()
  for (name in names(estimates)) found[[paste0("coefficient_", name)]] <- wald(estimates[[name]], sqrt(covariance[name, name]))
  found
}

likelihoods <- function(full, null, dof) {
  gain <- 2 * (full - null)
  named(log_likelihood = full, pseudo_r_squared = 1 - full / null, statistic = gain, dof = dof,
    p_value = pchisq(gain, dof, lower.tail = FALSE))
}

inflations <- function(m, kept) {
  v <- if (length(kept) > 1) tryCatch(as.matrix(vif(m)), error = function(e) NULL) else NULL
  if (is.null(v)) return(list())
  if (ncol(v) == 1) v <- cbind(v, 1, sqrt(v))
  setNames(as.list(v[, 3]), paste0("inflation_", rownames(v)))
}

glm_figures <- function(d, outcome, terms, family) {
  d <- rows_of(d, outcome, terms)
  kept <- varying(d, terms)
  if (!length(kept)) stop("nothing varies")
  fit <- function(used) to_the_end(reformulate(if (length(used)) used else "1", outcome), family, d)
  m <- fit(kept)
  if (m$df.residual == 0) stop("saturated")
  if (any(abs(coef(m) * apply(model.matrix(m), 2, sd)) > 8, na.rm = TRUE)) stop("separated")
  reach <- if (m$family$family == "binomial") pmin(m$fitted.values, 1 - m$fitted.values) else m$fitted.values
  if (min(reach) < 1e-7) stop("separated")
  estimates <- coef(m)[!is.na(coef(m))]
  found <- c(coefficients_of(estimates, vcov(m)[names(estimates), names(estimates), drop = FALSE]),
    likelihoods(as.numeric(logLik(m)), as.numeric(logLik(fit(character()))), length(estimates) - 1))
  sharp <- m
  m <- glm(formula(m), family, d, control = exact)  # for drop1 and car, which fit again and know not of a start
  tests <- drop1(m, test = "LRT")
  for (name in rownames(tests)[-1]) if (tests[name, "Df"] > 0)
    found[[paste0("term_", name)]] <- unname(c(tests[name, "Df"], tests[name, "LRT"], tests[name, "Pr(>Chi)"]))
  if (!anyNA(coef(m)) && length(kept) > 1) {
    type2 <- Anova(m, type = 2, test.statistic = "LR")
    stopifnot(all.equal(type2[kept, "LR Chisq"], tests[kept, "LRT"], tolerance = 1e-6))
    found <- c(found, inflations(sharp, kept))
  }
  if (m$family$family == "poisson") {
    pearson <- sum(residuals(m, "pearson")^2)
    found <- c(found, named(pearson = pearson, pearson_p = pchisq(pearson, m$df.residual, lower.tail = FALSE)))
  }
  found
}

# Newton's step on the likelihood itself: Fisher's, which glm takes, go slowly near the maximum where a link is not canonical.
sharper <- function(g, theta) {
  x <- model.matrix(g)[, !is.na(coef(g)), drop = FALSE]
  mu <- fitted(g)
  slope <- crossprod(x, (g$y - mu) / (1 + mu / theta))
  bend <- crossprod(x * ((1 + g$y / theta) * mu / (1 + mu / theta)^2), x)
  b <- coef(g)[!is.na(coef(g))] + drop(solve(bend, slope))
  mu <- exp(drop(x %*% b))
  g$coefficients[!is.na(coef(g))] <- b
  g$fitted.values <- mu
  g$weights <- mu / (1 + mu / theta)
  g$expected <- solve(crossprod(x * g$weights, x))
  g
}

# glm.nb stops theta at the fourth digit of its step: from where it stops, both go on until neither moves.
nb_fit <- function(formula, d) {
  m <- suppressWarnings(glm.nb(formula, d, control = exact))
  theta <- m$theta
  for (round in 1:200) {
    g <- glm(formula, negative.binomial(theta), d, control = exact)
    for (step in 1:3) g <- sharper(g, theta)
    moved <- as.numeric(suppressWarnings(theta.ml(g$y, fitted(g), limit = 500, eps = 1e-13)))
    still <- abs(moved - theta) < 1e-13 * theta
    theta <- moved
    if (still) break
  }
  stopifnot(abs(theta / m$theta - 1) < 1e-3)
  list(theta = theta, glm = g, covariance = g$expected,
    value = sum(dnbinom(g$y, size = theta, mu = fitted(g), log = TRUE)))
}

negative_binomial <- function(d, outcome, terms) {
  d <- rows_of(d, outcome, terms)
  kept <- varying(d, terms)
  if (!length(kept)) stop("nothing varies")
  flat <- glm(reformulate(kept, outcome), poisson, d, control = exact)
  if (flat$df.residual == 0 || min(fitted(flat)) < 1e-4) stop("saturated or separated")
  if (sum((flat$y - fitted(flat))^2 - flat$y) <= 0) stop("not dispersed")
  fit <- function(used) nb_fit(reformulate(if (length(used)) used else "1", outcome), d)
  m <- fit(kept)
  estimates <- coef(m$glm)[!is.na(coef(m$glm))]
  found <- c(coefficients_of(estimates, m$covariance), likelihoods(m$value, fit(character())$value, length(estimates) - 1),
    named(theta = m$theta, against_poisson = 2 * (m$value - as.numeric(logLik(flat)))))
  for (name in kept) {
    smaller <- fit(setdiff(kept, name))
    dof <- m$glm$rank - smaller$glm$rank
    gain <- 2 * (m$value - smaller$value)
    if (dof > 0) found[[paste0("term_", name)]] <- c(dof, gain, pchisq(gain, dof, lower.tail = FALSE))
  }
  found
}

# polr stops its search near the maximum and takes the Hessian by differences of 1e-3: from where it stops, Newton's
# steps on the same likelihood, with a Hessian by Richardson's differences of its exact gradient.
polr_fit <- function(formula, d) {
  m <- suppressWarnings(polr(formula, d, Hess = TRUE, control = list(reltol = 1e-15, maxit = 1000)))
  x <- model.matrix(m)[, names(coef(m)), drop = FALSE]
  y <- as.integer(model.response(m$model))
  k <- length(m$zeta)
  b <- length(coef(m))
  parts <- function(p) {
    zeta <- c(-Inf, p[seq_len(k)], Inf)
    eta <- if (b) drop(x %*% p[k + seq_len(b)]) else rep(0, nrow(x))
    list(up = zeta[y + 1] - eta, down = zeta[y] - eta)
  }
  value <- function(p) { s <- parts(p); -sum(log(plogis(s$up) - plogis(s$down))) }
  slope <- function(p) {
    s <- parts(p)
    share <- plogis(s$up) - plogis(s$down)
    first <- dlogis(s$up) / share
    second <- dlogis(s$down) / share
    zeta <- sapply(seq_len(k), function(j) sum(first[y == j]) - sum(second[y == j + 1]))
    -c(zeta, if (b) -colSums(x * (first - second)))
  }
  start <- p <- c(m$zeta, coef(m))
  scale <- c(rep(1, k), if (b) pmax(apply(x, 2, sd), 1e-8))
  apart <- function(p, h) sapply(seq_along(p), function(j) {
    step <- replace(numeric(length(p)), j, h / scale[j])
    (slope(p + step) - slope(p - step)) / (2 * h / scale[j])
  })
  bend <- function(p) { b <- (4 * apart(p, 5e-4) - apart(p, 1e-3)) / 3; (b + t(b)) / 2 }
  for (round in 1:4) p <- p - solve(bend(p), slope(p))
  if (max(abs(p - start) * scale) > 1e-3) stop("no maximum")
  list(params = setNames(p, names(start)), covariance = solve(bend(p)), value = -value(p), thresholds = k, slopes = b, x = x, y = y, polr = m)
}

ordinal <- function(d, outcome, terms) {
  d <- rows_of(d, outcome, terms)
  d[[outcome]] <- factor(d[[outcome]])
  kept <- varying(d, terms)
  if (nlevels(d[[outcome]]) < 3 || !length(kept)) stop("two levels")
  if (nrow(d) <= nlevels(d[[outcome]]) - 1 + qr(model.matrix(reformulate(kept), d))$rank - 1) stop("saturated")
  near <- suppressWarnings(polr(reformulate(kept, outcome), d, Hess = TRUE, control = list(reltol = 1e-15, maxit = 1000)))
  wide <- apply(model.matrix(near)[, names(coef(near)), drop = FALSE], 2, sd)
  if (any(abs(coef(near)) * wide > 5)) stop("separated")
  m <- polr_fit(reformulate(kept, outcome), d)
  levels_named <- setNames(m$params, c(paste0("threshold_", levels(d[[outcome]])[seq_len(m$thresholds)]), names(coef(m$polr))))
  covariance <- m$covariance
  dimnames(covariance) <- list(names(levels_named), names(levels_named))
  counts <- table(d[[outcome]])
  null <- sum(counts * log(counts / sum(counts)))
  found <- c(coefficients_of(levels_named, covariance), likelihoods(m$value, null, m$slopes))
  for (name in kept) {
    others <- setdiff(kept, name)
    smaller <- if (length(others)) polr_fit(reformulate(others, outcome), d) else list(value = null, slopes = 0)
    gain <- 2 * (m$value - smaller$value)
    dof <- m$slopes - smaller$slopes
    if (dof > 0) found[[paste0("term_", name)]] <- c(dof, gain, pchisq(gain, dof, lower.tail = FALSE))
  }
  c(found, brant_figures(m$x, m$y, nlevels(d[[outcome]])))
}

# Brant (1990), from its formula, on the thresholds whose own regression has a maximum.
brant_figures <- function(x, y, levels) {
  fits <- lapply(seq_len(levels - 1), function(cut) glm(as.numeric(y > cut) ~ x, binomial, control = exact))
  fits <- Filter(function(m) min(m$fitted.values, 1 - m$fitted.values) > 1e-7, fits)
  if (length(fits) < 2) return(list())
  design <- cbind(1, x)
  p <- ncol(x)
  bread <- lapply(fits, function(m) solve(crossprod(design * sqrt(m$fitted.values * (1 - m$fitted.values)))))
  spread <- matrix(0, p * length(fits), p * length(fits))
  for (i in seq_along(fits)) for (j in seq_along(fits)) {
    both <- fits[[max(i, j)]]$fitted.values
    middle <- t(design) %*% (design * (both - fits[[i]]$fitted.values * fits[[j]]$fitted.values))
    spread[(i - 1) * p + seq_len(p), (j - 1) * p + seq_len(p)] <- (bread[[i]] %*% middle %*% bread[[j]])[-1, -1]
  }
  slopes <- unlist(lapply(fits, function(m) coef(m)[-1]))
  against <- cbind(kronecker(rep(1, length(fits) - 1), -diag(p)), diag(p * (length(fits) - 1)))
  apart <- drop(against %*% slopes)
  noise <- against %*% spread %*% t(against)
  if (min(eigen((noise + t(noise)) / 2, symmetric = TRUE, only.values = TRUE)$values) <= 1e-10 * max(abs(noise))) return(list())
  statistic <- drop(t(apart) %*% solve(noise, apart))
  named(brant = statistic, brant_dof = length(apart), brant_p = pchisq(statistic, length(apart), lower.tail = FALSE))
}

# Where the slope of lme4's own deviance is nil: an optimiser that compares values stops at half of the digits.
sharp_theta <- function(m, fit) {
  theta <- getME(m, "theta")
  if (theta < 1e-5) return(0)
  deviance <- fit(devFunOnly = TRUE, control = lmerControl(check.nobs.vs.nlev = "ignore", check.nobs.vs.nRE = "ignore"))
  slope <- function(t) {
    h <- 1e-2 * t
    (8 * (deviance(t + h) - deviance(t - h)) - (deviance(t + 2 * h) - deviance(t - 2 * h))) / (12 * h)
  }
  uniroot(slope, theta * c(0.9, 1.1), tol = 1e-13, extendInt = "yes")$root
}

mixed <- function(d, terms) {
  long <- do.call(rbind, lapply(1:4, function(k) data.frame(score = d[[paste0("item", k)]], wave = factor(k, 1:4),
    person = seq_len(nrow(d)), d[terms])))
  long <- droplevels(na.omit(long))
  kept <- varying(long, c("wave", terms))
  if (!nrow(long) || var(long$score) == 0) stop("no spread")
  if (max(table(long$person)) < 2) stop("once")
  means <- rowsum(model.matrix(reformulate(kept), long), long$person) / as.vector(table(long$person))
  if (nrow(means) <= qr(means)$rank) stop("as many coefficients as people")
  fit <- function(...) suppressMessages(lmer(reformulate(c(kept, "(1 | person)"), "score"), long, ...))
  ease <- list(check.nobs.vs.nlev = "ignore", check.nobs.vs.nRE = "ignore")
  m <- fit(control = do.call(lmerControl, c("bobyqa", list(optCtrl = list(rhoend = 1e-12)), ease)))
  m <- fit(start = sharp_theta(m, fit), control = do.call(lmerControl, c(list(optimizer = NULL), ease)))
  if (nrow(long) <= length(fixef(m))) stop("saturated")
  v <- as.matrix(vcov(m))
  between <- as.numeric(VarCorr(m)$person)
  within <- sigma(m)^2
  explained <- var(as.numeric(model.matrix(m) %*% fixef(m)))
  slopes <- names(fixef(m))[-1]
  chi <- drop(t(fixef(m)[slopes]) %*% solve(v[slopes, slopes], fixef(m)[slopes]))
  found <- c(coefficients_of(fixef(m), v), named(statistic = chi, dof = length(slopes),
    p_value = pchisq(chi, length(slopes), lower.tail = FALSE), within_sd = sqrt(within), between_sd = sqrt(between),
    marginal = explained / (explained + between + within), conditional = (explained + between) / (explained + between + within)))
  tests <- Anova(m)
  for (name in rownames(tests)) if (tests[name, "Df"] > 0)
    found[[paste0("term_", name)]] <- unname(c(tests[name, "Df"], tests[name, "Chisq"], tests[name, "Pr(>Chisq)"]))
  c(found, inflations(m, kept))
}

models_of <- function(d) {
  d$count <- abs(round(d$before))
  d$squares <- (d$item2 - 1)^2
  list(
    logistic_regression = attempt(glm_figures(d, "yes", c("group", "band", "x", "z"), binomial)),
    poisson_regression = attempt(glm_figures(d, "count", c("group", "x"), poisson)),
    negative_binomial = attempt(negative_binomial(d, "squares", c("group", "x"))),
    ordinal_regression = attempt(ordinal(d, "item1", c("group", "x"))),
    mixed_model = attempt(mixed(d, c("group", "x")))
  )
}
