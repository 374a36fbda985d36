# Writes data sets of categories from R's package mlbench as NAME.csv.gz: texts, empty where missing, then label (1 = the rarest class).
# usage: Rscript mlbench.R FOLDER
library(mlbench)
folder <- commandArgs(trailingOnly = TRUE)[1]
dir.create(folder, showWarnings = FALSE)
write_set <- function(name, class, drop = character()) {
  set <- get(data(list = name, package = "mlbench", envir = environment()))
  classes <- as.character(set[[class]])
  rarest <- names(sort(table(classes)))[1]
  columns <- set[, setdiff(names(set), c(class, drop))]
  columns[] <- lapply(columns, function(column) gsub(",", ";", as.character(column)))
  columns$label <- as.integer(classes == rarest)
  cat(name, ": ", nrow(set), " rows, ", sum(columns$label), " of ", rarest, ", ", sum(is.na(columns)), " missing cells\n", sep = "")
  out <- gzfile(file.path(folder, paste0(name, ".csv.gz")), "w")
  write.csv(columns, out, row.names = FALSE, na = "")
  close(out)
}
write_set("HouseVotes84", "Class")
write_set("Soybean", "Class")
write_set("BreastCancer", "Class", drop = "Id")
write_set("Zoo", "type")
write_set("DNA", "Class")
