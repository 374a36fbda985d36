using AnomalyKit.Numerics;

namespace AnomalyKit.ML.Tests.Support;

/// <summary>A row of columns of all kinds; some cells are missing.</summary>
public sealed class Mixed
{
    public float Amount { get; set; }

    public double Balance { get; set; }

    public int Count { get; set; }

    public bool IsNew { get; set; }

    public string Merchant { get; set; } = "";

    public DateTime Time { get; set; }

    public DateTimeOffset Instant { get; set; }

    /// <summary>All columns, in an order of its own.</summary>
    internal static string[] Names { get; } = [nameof(Time), nameof(Merchant), nameof(Amount), nameof(IsNew), nameof(Instant), nameof(Count), nameof(Balance)];

    internal static Mixed[] Create(int rows, ulong seed = 3)
    {
        var random = new CounterRandom(seed, 0);
        string[] merchants = ["grocer", "Köln", "a,b", "🛒", ""];
        return [.. Enumerable.Range(0, rows).Select(row => new Mixed
        {
            Amount = row % 17 == 3 ? float.NaN : (float)random.NextDouble() * 100,
            Balance = 1e9 + random.NextDouble(),
            Count = (int)(random.NextDouble() * 10),
            IsNew = random.NextDouble() < 0.3,
            Merchant = merchants[(int)(random.NextDouble() * merchants.Length)],
            Time = row % 13 == 5 ? default : new DateTime(2024, 1, 1).AddMinutes(random.NextDouble() * 1e5),
            Instant = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)).AddMinutes(random.NextDouble() * 1e5),
        })];
    }

    internal static TableTrainer Trainer => new(new IsolationForestTrainer { TreeCount = 20, Seed = 4, Calibration = ScoreCalibration.Rank() })
    {
        Preparation = new TablePreparation { Missing = MissingCells.Native },
    };
}
