using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>What a cell of the matrix holds where that of the table is missing.</summary>
internal readonly record struct CellFill
{
    private const string RuleName = "missing";

    private CellFill(bool isRefused, float cell)
    {
        IsRefused = isRefused;
        Cell = cell;
    }

    public static CellFill Refused { get; } = new(isRefused: true, 0);

    public static CellFill Native { get; } = new(isRefused: false, float.NaN);

    public bool IsRefused { get; }

    /// <summary>The cell; NaN where it stays missing.</summary>
    public float Cell { get; }

    public bool IsNative => float.IsNaN(Cell);

    /// <summary>A finite cell, clamped to the range of float32.</summary>
    public static CellFill With(double cell) => new(isRefused: false, (float)Math.Clamp(cell, -float.MaxValue, float.MaxValue));

    public static CellFill Read(ModelReader reader, int part)
    {
        string rule = reader.GetString($"{RuleName}.{part}");
        return rule switch
        {
            "refuse" => Refused,
            "native" => Native,
            "fill" => With(reader.GetDouble($"{RuleName}.{part}.cell")),
            _ => throw ModelReader.FormatError($"'{RuleName}.{part}' is '{rule}'; 'refuse', 'native' or 'fill' was expected"),
        };
    }

    public void WriteTo(ModelWriter writer, int part)
    {
        writer.Set($"{RuleName}.{part}", IsRefused ? "refuse" : IsNative ? "native" : "fill");
        if (!IsRefused && !IsNative)
            writer.Set($"{RuleName}.{part}.cell", Cell);
    }
}
