namespace AnomalyKit.Tool.Commands;

/// <summary>One or more command lines for each command, as they are typed.</summary>
internal static class Examples
{
    public static IReadOnlyList<string> Of(string command) => command switch
    {
        "fit" =>
        [
            "anomalykit fit payments.csv --out payments.akm --label fraud",
            "anomalykit fit 2026/*.parquet --out payments.akm --detector isolation-forest --set TreeCount=200 --missing native",
            "anomalykit fit payments.csv --out payments.akm --threshold contamination:0.002 --ignore id,note",
            "anomalykit fit payments.csv --out payments.akm --label fraud --tracking runs.db --experiment payments",
        ],
        "score" =>
        [
            "anomalykit score payments.akm new.csv --out scores.csv --keep id",
            "anomalykit score payments.akm new/*.parquet --only top:100 --explain 3 --keep id",
            "zcat new.csv.gz | anomalykit score payments.akm - --only anomalies > alerts.csv",
        ],
        "evaluate" => ["anomalykit evaluate payments.akm labeled.csv --label fraud --report evaluation.html"],
        "compare" => ["anomalykit compare labeled.csv --label fraud --detectors isolation-forest,elliptic-envelope,recommended --report comparison.html"],
        "tune" =>
        [
            "anomalykit tune labeled.csv --label fraud --detector isolation-forest,nearest-neighbors --out payments.akm",
            "anomalykit tune labeled.csv --label fraud --time booked_at --trials 60 --prune",
            "anomalykit tune labeled.csv --label fraud --space SampleSize=32..4096:log --space FeaturesPerTree=1..20",
            "anomalykit tune payments.csv --criteria",
        ],
        "inspect" => ["anomalykit inspect payments.csv", "anomalykit inspect payments.akm --json"],
        "explain" => ["anomalykit explain payments.akm new.csv --top 10 --keep id", "anomalykit explain payments.akm new.csv --where id=4711", "anomalykit explain payments.akm new.csv --row 4711 --json"],
        "review" =>
        [
            "anomalykit review payments.akm payments.csv --session answers.akf --key id --out learned.akm",
            "anomalykit review payments.akm payments.csv --session answers.akf --key id --label fraud --no-questions --out learned.akm",
        ],
        "drift" => ["anomalykit drift payments.akm today.parquet --report drift.html", "anomalykit drift payments.akm today.parquet --fail-on-drift --quiet", "anomalykit drift payments.akm today.parquet --by shop --reference last-month.parquet"],
        "threshold" =>
        [
            "anomalykit threshold payments.akm --value 0.62 --out stricter.akm",
            "anomalykit threshold payments.akm last-month.csv --rule contamination:0.001 --out stricter.akm",
        ],
        "runs list" => ["anomalykit runs list --tracking runs.db --experiment payments --where metrics.alert_fraction<0.01"],
        "runs show" => ["anomalykit runs show 0f3c… --tracking runs.db --artifacts files/"],
        "runs best" => ["anomalykit runs best --metric average_precision --tracking runs.db"],
        "runs compare" => ["anomalykit runs compare 0f3c… 7ab1… --tracking runs.db --report runs.html", "anomalykit runs compare --experiment payments --tracking runs.db"],
        "runs export" => ["anomalykit runs export --tracking http://127.0.0.1:5000 --out runs.csv"],
        "export" => ["anomalykit export payments.akm --out payments.onnx", "anomalykit export payments.akm --out payments.onnx --verify new.csv"],
        "convert" => ["anomalykit convert payments.csv.gz --out payments.parquet"],
        "merge" => ["anomalykit merge payments.akm.parts --out payments.akm"],
        "serve" => ["anomalykit serve models/ --urls http://0.0.0.0:8080 --grpc-urls http://0.0.0.0:8081", "anomalykit serve payments.akm"],
        "cluster slurm" =>
        [
            "anomalykit cluster slurm --shards 12 --cpus 4 --memory 8G --submit -- fit data/ --out payments.akm --detector isolation-forest",
            "anomalykit cluster slurm --folder anomalykit-job --status",
            "anomalykit cluster slurm --shards 12 -- score payments.akm data/ --out scores.parquet --keep id",
        ],
        "cluster kubernetes" => ["anomalykit cluster kubernetes --shards 12 --image registry/anomalykit:1 --claim data -- score /data/payments.akm /data/new --out /data/scores.parquet"],
        "completion" => ["anomalykit completion bash > ~/.local/share/bash-completion/completions/anomalykit"],
        _ => [],
    };
}
