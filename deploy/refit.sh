#!/usr/bin/env bash
# Fits a detector on the last days, compares it with the one in service on the days after those, and publishes it if it is no worse.
# docs/retraining.md explains every step. Needs the command anomalykit, bash and jq.
#
#   ROWS=/data/payments MODELS=/models/payments deploy/refit.sh
#
# Exit codes: 0 published, 3 not published (the reason is printed, the candidate is kept), anything else: the job itself is broken.
set -euo pipefail

ROWS=${ROWS:?set ROWS to a folder with one table or one folder KEY=DAY per day, named so that the order of the names is the order of the days}
MODELS=${MODELS:?set MODELS to the folder of one model in the service, which holds one folder per version}
MODELS=${MODELS%/}
ENDING=${ENDING:-.csv}                # of the files: .csv, .csv.gz, .parquet, .arrow
FIT_DAYS=${FIT_DAYS:-28}              # the new model learns from this many days …
CHECK_DAYS=${CHECK_DAYS:-7}           # … and is judged on this many days after them, which it has not seen
FIT=${FIT---missing median}           # more options of 'anomalykit fit', such as --id, --ignore, --threshold
READ=${READ:-}                        # options for reading the files, such as --decimal or --date-format, for all commands
LABEL=${LABEL:-}                      # the column of labels, if the days of the check have them
PLANTED=${PLANTED:-}                  # a table of rows that must be alerts, made by you or kept from incidents
LEAST_ALERTS=${LEAST_ALERTS:-0}       # the least and the greatest share of alerts on the days of the check
MOST_ALERTS=${MOST_ALERTS:-0.03}
TOP=${TOP:-50}                        # of this many highest rows, the new model must share …
LEAST_SHARED=${LEAST_SHARED:-0.3}     # … this fraction with the model in service
MOST_LOSS=${MOST_LOSS:-0.02}          # with labels: the average precision may fall by at most this
KEEP=${KEEP:-14}                      # this many versions stay in the service, with the new one; older ones are hidden

read -ra fit_options <<< "$FIT"
read -ra read_options <<< "$READ"
say() { printf '%s\n' "$*"; }
broken() { say "$*" >&2; exit 1; }

for name in FIT_DAYS CHECK_DAYS TOP KEEP; do
  [[ ${!name} =~ ^[1-9][0-9]{0,5}$ ]] || broken "$name is '${!name}'. Set it to a whole number from 1 on."
done
for name in LEAST_ALERTS MOST_ALERTS LEAST_SHARED MOST_LOSS; do
  [[ ${!name} =~ ^(0(\.[0-9]+)?|1(\.0+)?)$ ]] || broken "$name is '${!name}'. Set it to a number from 0 to 1, with a decimal point, such as 0.03."
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Whether an expression of jq is true. If jq cannot say, the job is broken.
holds() {
  local code=0
  jq -en "$@" > /dev/null || code=$?
  ((code <= 1)) || exit 1
  return "$code"
}

# Names of versions, the newest last, as the service orders them: runs of digits as numbers, everything else by character.
in_order() { jq -Rrn '[inputs] | sort_by([[scan("[0-9]+|[^0-9]") | if test("[0-9]") then sub("^0+"; "") | [48, length, .] else explode end], .]) | .[]'; }

# The versions that are served; names with a dot in front are not.
versions() {
  local file
  for file in "$MODELS"/*/model.akm; do
    if [[ -f $file ]]; then
      file=${file%/model.akm}
      say "${file##*/}"
    fi
  done | in_order
}

served=$(versions)
old=${served##*$'\n'}
if [[ -z $old && -f $MODELS.akm ]]; then
  broken "$MODELS.akm is served as version 1, and this job compares and publishes folders of versions. Copy it to $MODELS/1/model.akm, and then remove it."
fi
version=$(date -u +%Y%m%d.%H%M%S)
if [[ $old == "$version" || $(printf '%s\n' "$old" "$version" | in_order | tail -n 1) != "$version" ]]; then
  broken "The service would not answer by the new version, $version: $MODELS/$old is newer by its name. Give that folder a smaller number, such as 1, or hide it with a dot in front."
fi
old=${old:+$MODELS/$old/model.akm}

# Links to files count as files, and so do broken links, at which the fit fails. A folder such as day=2026-11-28 is a day with all its files; the model does not see the key.
days=()
while IFS= read -r day; do
  days+=("$day")
done < <(find -L "$ROWS" -mindepth 1 -maxdepth 1 ! -name '.*' \( -name "*$ENDING" ! -type d -o -name '*=*' -type d \) | LC_ALL=C sort)
if ((${#days[@]} < FIT_DAYS + CHECK_DAYS)); then
  broken "There are ${#days[@]} days in $ROWS, and FIT_DAYS + CHECK_DAYS need $((FIT_DAYS + CHECK_DAYS))."
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
holds --argjson share "$share" --argjson least "$LEAST_ALERTS" --argjson most "$MOST_ALERTS" '$share >= $least and $share <= $most' ||
  worse+=("the share of alerts, $share, is not between $LEAST_ALERTS and $MOST_ALERTS")

# How many of the planted rows a model finds.
found() { anomalykit score "$1" "$PLANTED" --out "$work/planted.csv" --json --quiet ${read_options[@]+"${read_options[@]}"} | jq .anomalies; }
highest() { anomalykit score "$1" "${check[@]}" --only "top:$TOP" --quiet ${read_options[@]+"${read_options[@]}"} --json | jq .row | sort; }
precision() { anomalykit evaluate "$1" "${check[@]}" --label "$LABEL" --json --quiet ${read_options[@]+"${read_options[@]}"} | jq .average_precision; }

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
  shared=$(($(comm -12 "$work/old-top" "$work/new-top" | wc -l)))
  count=$(($(wc -l < "$work/new-top")))
  say "Of the $count highest rows, both models have $shared in common."
  holds --argjson shared "$shared" --argjson count "$count" --argjson least "$LEAST_SHARED" '$shared >= $least * $count' ||
    worse+=("it shares $shared of the $count highest rows with the model in service")

  if [[ -n $LABEL ]]; then
    now=$(precision "$new")
    before=$(precision "$old")
    say "Average precision: $now; of the model in service: $before."
    # null: there is no label of an anomaly, or none of a normal row.
    holds --argjson now "$now" --argjson before "$before" --argjson loss "$MOST_LOSS" '$now == null or $before == null or $now >= $before - $loss' ||
      worse+=("its average precision is $now, and $before before")
  fi
fi

# 3. Publish, or keep the candidate where the service does not look: names with a dot in front are left out.
mkdir -p "$MODELS"
if ((${#worse[@]} > 0)); then
  mv "$new" "$MODELS/.refused.akm"
  say "Not published: $(printf '%s; ' "${worse[@]}" | sed 's/; $//'). The candidate is $MODELS/.refused.akm." >&2
  exit 3
fi
mkdir "$MODELS/.$version"
cp "$new" "$MODELS/.$version/model.akm"
if [[ -e $MODELS/$version ]]; then
  rm -r "${MODELS:?}/.$version"
  broken "$MODELS/$version exists already: another run has published it."
fi
mv "$MODELS/.$version" "$MODELS/$version"      # the service sees the whole version at once, or nothing
say "Published: $MODELS/$version"

# 4. Hide old versions: the service holds every version in memory.
served=()
while IFS= read -r name; do
  served+=("$name")
done < <(versions)
for ((i = 0; i < ${#served[@]} - KEEP; i++)); do
  name=${served[i]}
  if [[ -e $MODELS/.$name ]]; then
    say "Not hidden: $MODELS/$name, because $MODELS/.$name exists already." >&2
  else
    mv "$MODELS/$name" "$MODELS/.$name"
    say "Hidden: $MODELS/.$name, because KEEP is $KEEP."
  fi
done
