# The minimum covariance determinant by R's package robustbase: FAST-MCD, 500 starts, then one step of reweighting.
# usage: Rscript robustbase_mcd.R ROWS.f32 COLUMNS ALPHA ESTIMATE.f64; writes center and covariance, prints the logarithm of the determinant and the seconds of covMcd() alone.
given <- commandArgs(trailingOnly = TRUE)
columns <- as.integer(given[2])
cells <- readBin(given[1], "numeric", n = file.size(given[1]) / 4, size = 4, endian = "little")
rows <- matrix(cells, ncol = columns, byrow = TRUE)
suppressMessages(library(robustbase))
set.seed(42)
seconds <- system.time(found <- covMcd(rows, alpha = as.numeric(given[3])))["elapsed"]
# On the credit-card data it stops: it takes three quarters of the rows to lie on a hyperplane, at any tolSolve and by robustly scaled columns too.
if (!is.null(found$singularity)) stop("covMcd() gave up: ", found$singularity$kind)
writeBin(as.numeric(c(found$center, found$cov)), given[4], size = 8, endian = "little")
# Of the plain covariance of the subset, before consistency factors and reweighting.
cat(format(found$crit, digits = 12), seconds, "\n")
