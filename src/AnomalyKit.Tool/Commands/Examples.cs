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
        ],
        "score" =>
        [
            "anomalykit score payments.akm new.csv --out scores.csv --keep id",
            "anomalykit score payments.akm new/*.parquet --only top:100 --explain 3 --keep id",
            "zcat new.csv.gz | anomalykit score payments.akm - --only anomalies > alerts.csv",
        ],
        "evaluate" => ["anomalykit evaluate payments.akm labelled.csv --label fraud --report evaluation.html"],
        "compare" => ["anomalykit compare labelled.csv --label fraud --detectors isolation-forest,elliptic-envelope,recommended --report comparison.html"],
        "inspect" => ["anomalykit inspect payments.csv", "anomalykit inspect payments.akm --json"],
        "explain" => ["anomalykit explain payments.akm new.csv --top 10", "anomalykit explain payments.akm new.csv --row 4711 --json"],
        "drift" => ["anomalykit drift payments.akm today.parquet --report drift.html"],
        "export" => ["anomalykit export payments.akm --out payments.onnx", "anomalykit export payments.akm --out payments.onnx --verify new.csv"],
        "convert" => ["anomalykit convert payments.csv.gz --out payments.parquet"],
        "merge" => ["anomalykit merge payments.akm.parts --out payments.akm"],
        "serve" => ["anomalykit serve models/ --urls http://0.0.0.0:8080 --grpc-urls http://0.0.0.0:8081", "anomalykit serve payments.akm"],
        "slurm" =>
        [
            "anomalykit cluster slurm --shards 12 --cpus 4 --memory 8G --submit -- fit data/ --out payments.akm --detector isolation-forest",
            "anomalykit cluster slurm --folder anomalykit-job --status",
            "anomalykit cluster slurm --shards 12 -- score payments.akm data/ --out scores.parquet --keep id",
        ],
        "kubernetes" => ["anomalykit cluster kubernetes --shards 12 --image registry/anomalykit:1 --claim data -- score /data/payments.akm /data/new --out /data/scores.parquet"],
        "completion" => ["anomalykit completion bash > ~/.local/share/bash-completion/completions/anomalykit"],
        _ => [],
    };
}
