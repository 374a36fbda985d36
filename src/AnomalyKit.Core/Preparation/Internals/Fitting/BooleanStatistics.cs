using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>What a fit must know of a column of booleans.</summary>
internal sealed class BooleanStatistics(string name) : ColumnStatistics(name)
{
    private readonly long[] _counts = new long[2];
    private readonly RowNumber[] _firsts = new RowNumber[2];

    /// <summary>How many more cells are true than false.</summary>
    public long Surplus => _counts[1] - _counts[0];

    public override void Add(TableColumn column, long firstRow)
    {
        var cells = ((BooleanColumn)column).Cells.Span;
        for (int row = 0; row < cells.Length; row++)
        {
            var number = new RowNumber(firstRow + row);
            if (cells[row] == BooleanColumn.MissingCell)
            {
                FirstMissing = FirstMissing.Or(number);
                Missing++;
                continue;
            }

            FirstPresent = FirstPresent.Or(number);
            Present++;
            _counts[cells[row]]++;
            _firsts[cells[row]] = _firsts[cells[row]].Or(number);
        }
    }

    public override IEnumerable<RowNumber> Witnesses() => base.Witnesses().Concat(_firsts);

    public override void WriteTo(ModelWriter writer)
    {
        base.WriteTo(writer);
        writer.Add<long>("counts", _counts);
        writer.Add<long>("firsts", Array.ConvertAll(_firsts, first => first.Value));
    }

    public override void Read(ModelReader reader)
    {
        base.Read(reader);
        StatisticsFormat.Counts(reader, "counts", 2).CopyTo(_counts, 0);
        long[] firsts = reader.GetInt64s("firsts", 2);
        for (int i = 0; i < 2; i++)
            _firsts[i] = RowNumber.Of(firsts[i], "firsts");
        if (_counts[0] + _counts[1] != Present)
            throw ModelReader.FormatError($"the counts of column '{Name}' do not fit each other");
    }

    protected override void AppendCells(ColumnStatistics later)
    {
        var other = (BooleanStatistics)later;
        for (int i = 0; i < 2; i++)
        {
            _counts[i] += other._counts[i];
            _firsts[i] = _firsts[i].Or(other._firsts[i]);
        }
    }
}
