using AnomalyKit.Preparation;

namespace AnomalyKit.Explaining;

/// <summary>A row of a table that a detector with a preparation takes.</summary>
internal sealed class TableRow : IRowVariants
{
    private readonly FittedPreparation _preparation;
    private readonly IAnomalyDetector _detector;
    private readonly ReferenceProfile? _profile;
    private readonly FeatureTable _row;

    /// <param name="preparation">The preparation.</param>
    /// <param name="detector">The detector behind it.</param>
    /// <param name="profile">What is usual in the table's columns.</param>
    /// <param name="row">A table of one row.</param>
    public TableRow(FittedPreparation preparation, IAnomalyDetector detector, ReferenceProfile? profile, FeatureTable row)
    {
        _preparation = preparation;
        _detector = detector;
        _profile = profile;
        _row = row.SelectColumns(preparation.Schema.Fields.Select(field => field.Name));
    }

    public int Count => _preparation.Sources.Count;

    public string NameOf(int column) => _preparation.Sources.Names[column];

    public CellValue ValueOf(int column) => _row[NameOf(column)] switch
    {
        CategoryColumn words => new CellValue(ColumnKind.Category, double.NaN, words.Text(0)),
        BooleanColumn booleans => new CellValue(ColumnKind.Boolean, double.NaN, booleans.Text(0)),
        DateTimeColumn dates => new CellValue(ColumnKind.DateTime, dates.IsMissing(0) ? double.NaN : dates.Ticks.Span[0]),
        NumberColumn numbers => new CellValue(ColumnKind.Number, numbers.Value(0)),
        var other => throw new NotSupportedException($"Columns of kind {other.Kind} have no values to explain."),
    };

    public ColumnProfile? ProfileOf(int column) => _profile?[NameOf(column)];

    public bool IsSampled => _profile is not null && _profile.SampleSize < _profile.RowCount;

    public double CellOf(int column, double number) => EncoderOf(column) is NumberEncoder encoder ? (float)(number - encoder.Offset) + encoder.Offset : number;

    // A list of levels that somebody wrote need not have all levels of the training rows: then it says nothing.
    public bool IsUnseen(int column) => EncoderOf(column) is CategoryEncoder encoder && ValueOf(column).Word is { } word && !encoder.Knows(word)
        && ProfileOf(column) is { } profile && profile.Levels.All(encoder.Knows);

    public DatePeriod? PeriodOf(int column) => EncoderOf(column) is DateEncoder encoder && DatePeriod.IsSeenIn(encoder.SelectedParts)
        ? new DatePeriod(ValueOf(column), encoder.SelectedParts, encoder.IsUtc)
        : null;

    public double? MeaningOf(int column, ReadOnlySpan<double> seen) => seen.IsEmpty ? null : EncoderOf(column) switch
    {
        NumberEncoder => seen[0],
        DateEncoder encoder => encoder.TicksOf(seen),
        _ => null,
    };

    public string? StandInOf(int column) => EncoderOf(column) switch
    {
        NumberEncoder { CellOfMissing: { IsRefused: false, IsNative: false } fill } encoder => new CellValue(ColumnKind.Number, fill.Cell + encoder.Offset).ToRoundedString(),
        BooleanEncoder { CellOfMissing: { IsRefused: false, IsNative: false } fill } => fill.Cell switch { 0 => "false", 1 => "true", var share => new CellValue(ColumnKind.Number, share).ToRoundedString() },
        DateEncoder { RefusesMissing: false, LeavesMissing: false } => "what is usual of its parts",
        CategoryEncoder { Fill: { IsRefused: false, IsNative: false } fill } encoder => encoder.Levels[fill.Level],
        _ => null,
    };

    public float[] Score(IReadOnlyList<Variant> variants)
    {
        var rows = _row.SelectRows(new int[variants.Count]);
        for (int column = 0; column < Count; column++)
        {
            int index = column;
            if (variants.Any(variant => variant.In(index) is not null))
                rows = Exchanged(rows, NameOf(column), [.. variants.Select(variant => variant.In(index) ?? ValueOf(index))]);
        }

        return _detector.Score(_preparation.ApplyUnlabeled(rows), new ScoreOptions { MaxDegreeOfParallelism = 1 });
    }

    private ColumnEncoder? EncoderOf(int column) => _preparation.EncoderOf(NameOf(column));

    private static FeatureTable Exchanged(FeatureTable rows, string name, CellValue[] values)
    {
        TableColumn exchanged = rows[name] switch
        {
            CategoryColumn => CategoryColumn.FromWords(name, values.Select(value => value.Word)),
            BooleanColumn => new BooleanColumn(name, Array.ConvertAll(values, value => value.Word switch { null => BooleanColumn.MissingCell, "true" => (sbyte)1, _ => (sbyte)0 })),
            DateTimeColumn dates => new DateTimeColumn(name, Array.ConvertAll(values, value => value.IsMissing ? DateTimeColumn.MissingCell : value.Ticks), dates.IsUtc),
            _ => new DoubleColumn(name, Array.ConvertAll(values, value => value.Number)),
        };
        return new FeatureTable(rows.Columns.Select(column => column.Name == name ? exchanged : column), rows.Schema);
    }
}
