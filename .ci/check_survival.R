# R's survival package on the table of waits: prints one line a result, for check_survival.py.
# Usage: Rscript check_survival.R FOLDER (with earliest.csv, latest.csv and all.csv of `waits`)
suppressPackageStartupMessages(library(survival))
folder <- commandArgs(trailingOnly = TRUE)[1]
waits <- function(dates) read.csv(file.path(folder, paste0(dates, ".csv")), na.strings = "")
say <- function(...) cat(..., sep = "\t", fill = FALSE, "\n")
num <- function(x) ifelse(is.na(x), "nan", formatC(x, digits = 15, format = "g", width = 1))

estimate <- function(dates, rows, name) {
  # Without delayed entry `Surv(0, 0)` stays in the count, as in the table.
  late <- any(rows$at_risk_from > 0)
  y <- if (late) with(rows, Surv(at_risk_from, days, event)) else with(rows, Surv(days, event))
  fit <- survfit(y ~ 1, conf.type = "log-log")
  for (i in seq_along(fit$time))
    say("km", dates, name, fit$time[i], fit$n.risk[i], fit$n.event[i],
        num(fit$surv[i]), num(fit$lower[i]), num(fit$upper[i]))
}

incidence <- function(dates, rows, name) {
  ends <- c("record_ended", "reached", "lapsed", "broken_off", "banned", "downgraded", "withdrawn")
  rows$exit <- factor(rows$exit, levels = ends)
  fit <- survfit(Surv(exit_days, exit) ~ 1, data = rows)
  last <- length(fit$time)
  for (state in fit$states[-1])
    say("cif", dates, name, state, num(fit$pstate[last, match(state, fit$states)]))
}

for (dates in c("earliest", "latest", "all")) {
  table <- waits(dates)
  for (target in unique(table$target)) {
    since <- table[table$target == target & table$clock == "day", ]
    estimate(dates, since, target)
    spells <- table[table$target == target & table$clock == "engaged", ]
    if (nrow(spells)) incidence(dates, spells, target)
  }
}

open <- waits("all")
open <- open[open$target == "engaged" & open$clock == "day", ]
turnbull <- survfit(Surv(left, right, type = "interval2") ~ 1, data = open)
middle <- survfit(Surv(days, event) ~ 1, data = open)
for (day in c(30, 60, 365)) {
  share <- function(fit) num(summary(fit, times = day)$surv)
  say("interval", day, share(turnbull), share(middle))
}
