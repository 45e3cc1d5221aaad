# Agreement of pairs of values, by R: prints a line for each set of units, for check_agreement.py.
# Usage: Rscript check_agreement.R FILE (a CSV with the columns set, first, second; a row for a unit)
# Cohen's kappa is that of the package psych. Krippendorff's alpha is worked out here from the matrix
# of coincidences: no package of Debian has it.
suppressPackageStartupMessages(library(psych))
units <- read.csv(commandArgs(trailingOnly = TRUE)[1], colClasses = "character", na.strings = NULL)
num <- function(x) ifelse(is.na(x), "undefined", formatC(x, digits = 17, format = "g", width = 1))

alpha <- function(counts) {
  coincidences <- counts + t(counts)
  values <- rowSums(coincidences)
  n <- sum(values)
  observed <- (n - sum(diag(coincidences))) / n
  expected <- (n * n - sum(values^2)) / (n * (n - 1))
  1 - observed / expected
}

for (set in unique(units$set)) {
  some <- units[units$set == set, ]
  known <- sort(unique(c(some$first, some$second)))
  counts <- unclass(table(factor(some$first, known), factor(some$second, known)))
  dimnames(counts) <- NULL
  # One value everywhere makes 0/0; psych gives up with an error where there is no second value.
  kappa <- if (length(known) < 2) NaN else suppressWarnings(cohen.kappa(counts)$kappa)
  cat(set, num(kappa), num(alpha(counts)), sep = "\t", fill = FALSE)
  cat("\n")
}
