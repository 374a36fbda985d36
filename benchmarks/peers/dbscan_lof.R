# The local outlier factor by R's package dbscan. usage: Rscript dbscan_lof.R ROWS.f32 COLUMNS MINPTS SCORES.f64; prints the seconds of lof() alone.
given <- commandArgs(trailingOnly = TRUE)
columns <- as.integer(given[2])
cells <- readBin(given[1], "numeric", n = file.size(given[1]) / 4, size = 4, endian = "little")
rows <- matrix(cells, ncol = columns, byrow = TRUE)
suppressMessages(library(dbscan))
seconds <- system.time(scores <- lof(rows, minPts = as.integer(given[3])))["elapsed"]
writeBin(as.numeric(scores), given[4], size = 8, endian = "little")
cat(seconds, "\n")
