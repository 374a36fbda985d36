#!/usr/bin/env bash
# Fits a detector on the last days, compares it with the one in service on the days after those, and publishes it if it is no worse.
# docs/retraining.md explains every step. Needs the command anomalykit, bash and jq.
#
#   ROWS=/data/payments MODELS=/models/payments deploy/refit.sh
#
# Exit codes: 0 published, 3 not published (the reason is printed, the candidate is kept), anything else: the job itself is broken.
set -euo pipefail

ROWS=${ROWS:?set ROWS to a folder with one table per day, named so that the order of the names is the order of the days}
MODELS=${MODELS:?set MODELS to the folder of one model in the service, which holds one folder per version}
ENDING=${ENDING:-.csv}                # of the files: .csv, .csv.gz, .parquet, .arrow
FIT_DAYS=${FIT_DAYS:-28}              # the new model learns from so many days …
CHECK_DAYS=${CHECK_DAYS:-7}           # … and is judged on so many days after them, which it has not seen
FIT=${FIT---missing median}           # more options of 'anomalykit fit', such as --id, --ignore, --threshold
READ=${READ:-}                        # options for reading the files, such as --decimal or --date-format, for all commands
LABEL=${LABEL:-}                      # the column of labels, if the days of the check have them
PLANTED=${PLANTED:-}                  # a table of rows that must be alerts, made by you or kept from incidents
LEAST_ALERTS=${LEAST_ALERTS:-0}       # the least and the greatest share of alerts on the days of the check
MOST_ALERTS=${MOST_ALERTS:-0.03}
TOP=${TOP:-50}                        # of so many highest rows, the new model must share …
LEAST_SHARED=${LEAST_SHARED:-0.3}     # … this fraction with the model in service
MOST_LOSS=${MOST_LOSS:-0.02}          # with labels: the average precision may fall by so much

read -ra fit_options <<< "$FIT"
read -ra read_options <<< "$READ"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf '%s\n' "$*"; }
holds() { jq -en "$1" > /dev/null; }

mapfile -t days < <(find "$ROWS" -maxdepth 1 -name "*$ENDING" -not -name '.*' | LC_ALL=C sort)
if ((${#days[@]} < FIT_DAYS + CHECK_DAYS)); then
  say "There are ${#days[@]} files in $ROWS, and FIT_DAYS + CHECK_DAYS need $((FIT_DAYS + CHECK_DAYS))." >&2
  exit 1
fi
check=("${days[@]: -CHECK_DAYS}")
fit=("${days[@]: -FIT_DAYS-CHECK_DAYS:FIT_DAYS}")

# 1. Fit. The days of the check come after those of the fit: rows held out at random would lie between rows that the model knows.
new=$work/model.akm
anomalykit fit "${fit[@]}" --out "$new" --calibration conformal ${LABEL:+--label "$LABEL"} ${fit_options[@]+"${fit_options[@]}"} ${read_options[@]+"${read_options[@]}"} --quiet > /dev/null

# 2. Check.
worse=()
share=$(anomalykit score "$new" "${check[@]}" --out "$work/new.csv" --json --quiet ${read_options[@]+"${read_options[@]}"} | jq .alert_share)
say "Alerts of the new model on the last $CHECK_DAYS days: $share of the rows."
holds "$share >= $LEAST_ALERTS and $share <= $MOST_ALERTS" || worse+=("the share of alerts, $share, is not between $LEAST_ALERTS and $MOST_ALERTS")

# How many of the planted rows a model finds.
found() { anomalykit score "$1" "$PLANTED" --out "$work/planted.csv" --json --quiet ${read_options[@]+"${read_options[@]}"} | jq .anomalies; }
highest() { anomalykit score "$1" "${check[@]}" --only "top:$TOP" --quiet ${read_options[@]+"${read_options[@]}"} --json | jq .row | sort; }
precision() { anomalykit evaluate "$1" "${check[@]}" --label "$LABEL" --json --quiet ${read_options[@]+"${read_options[@]}"} | jq .average_precision; }

# The newest version that is served; names with a dot in front are not.
old=$(cd "$MODELS" 2> /dev/null && compgen -G '*/model.akm' | LC_ALL=C sort -V | tail -n 1) || true
old=${old:+$MODELS/$old}
if [[ -n $PLANTED ]]; then
  now=$(found "$new")
  before=${old:+$(found "$old")}
  say "Planted rows found: $now${before:+; by the model in service: $before}."
  ((now >= ${before:-1})) || worse+=("it finds $now of the planted rows, and ${before:-1} are to be found")
fi
if [[ -n $old ]]; then
  # Drift of the old model says why a new one is due. It is no reason against the new one.
  drifted=$(anomalykit drift "$old" "${check[@]}" --json --quiet ${read_options[@]+"${read_options[@]}"} |
    jq -r '[(.columns[] | select(.drifted) | .name), (select(.scores.drifted) | "scores"), (select(.alert_share.drifted) | "share of alerts")] | join(", ")')
  say "Drifted since the fit of the model in service: ${drifted:-nothing}."

  highest "$old" > "$work/old-top"
  highest "$new" > "$work/new-top"
  shared=$(comm -12 "$work/old-top" "$work/new-top" | wc -l)
  count=$(wc -l < "$work/new-top")
  say "Of the $count highest rows, both models have $shared in common."
  holds "$shared >= $LEAST_SHARED * $count" || worse+=("it shares $shared of the $count highest rows with the model in service")

  if [[ -n $LABEL ]]; then
    now=$(precision "$new")
    before=$(precision "$old")
    say "Average precision: $now; of the model in service: $before."
    # null: there is no label of an anomaly, or none of a normal row.
    holds "$now == null or $before == null or $now >= $before - $MOST_LOSS" || worse+=("its average precision is $now, and $before before")
  fi
fi

# 3. Publish, or keep the candidate where the service does not look: names with a dot in front are left out.
mkdir -p "$MODELS"
if ((${#worse[@]} > 0)); then
  mv "$new" "$MODELS/.refused.akm"
  say "Not published: $(printf '%s; ' "${worse[@]}" | sed 's/; $//'). The candidate is $MODELS/.refused.akm." >&2
  exit 3
fi
version=$(date -u +%Y%m%d.%H%M%S)
mkdir "$MODELS/.$version"
cp "$new" "$MODELS/.$version/model.akm"
mv "$MODELS/.$version" "$MODELS/$version"      # the service sees the whole version at once, or nothing
say "Published: $MODELS/$version"
