using System.Numerics.Tensors;
using AnomalyKit.Persistence;

namespace AnomalyKit.Preparation;

/// <summary>What a fit must know of a column of numbers: its ends, its first values, and whether it counts rows.</summary>
internal sealed class NumberStatistics(string name) : ColumnStatistics(name)
{
    private const int ChunkRows = 1024;

    private readonly List<double> _head = [];
    private readonly double[] _chunk = new double[ChunkRows];
    private RowNumber _lowest;
    private RowNumber _highest;
    private RepeatSearch? _repeats = new();

    /// <summary>+∞ where no cell is there.</summary>
    public double Minimum { get; private set; } = double.PositiveInfinity;

    /// <summary>−∞ where no cell is there.</summary>
    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>The first values of the column, at most <see cref="NumberFit.OffsetRows"/>.</summary>
    public double[] Head() => [.. _head];

    public override void Add(TableColumn column, long firstRow)
    {
        var numbers = (NumberColumn)column;
        for (int start = 0; start < column.RowCount; start += ChunkRows)
        {
            var values = _chunk.AsSpan(0, Math.Min(ChunkRows, column.RowCount - start));
            numbers.CopyTo(start, values);
            double minimum = TensorPrimitives.Min<double>(values);
            if (double.IsNaN(minimum))
                AddWithMissing(values, firstRow + start);
            else
                AddPresent(values, minimum, TensorPrimitives.Max<double>(values), firstRow + start);
        }

        if (numbers is Int64Column whole)
            _repeats?.Add(whole);
        else if (numbers.RowCount > 0)
            _repeats = null;
    }

    public override IEnumerable<RowNumber> Witnesses() => [.. base.Witnesses(), _lowest, _highest];

    public override void ThrowIfIdentifier()
    {
        if (_repeats is { HasRepeat: false } search)
            IdentifierRule.ThrowIfCounter(Name, Present, search.Minimum, search.Maximum);
    }

    public override void WriteTo(ModelWriter writer)
    {
        base.WriteTo(writer);
        if (Present > 0)
            writer.Add<double>("ends", new[] { Minimum, Maximum });
        _lowest.WriteTo(writer, "lowest");
        _highest.WriteTo(writer, "highest");
        writer.Add<double>("head", Head());
        writer.Set("whole", _repeats is null ? 0 : 1);
        _repeats?.WriteTo(writer.Scope("repeats"));
    }

    public override void Read(ModelReader reader)
    {
        base.Read(reader);
        if (Present > 0)
        {
            double[] ends = reader.GetDoubles("ends", 2);
            (Minimum, Maximum) = ends[0] <= ends[1] ? (ends[0], ends[1]) : throw ModelReader.FormatError($"the ends of column '{Name}' are the wrong way round");
        }

        _lowest = RowNumber.Read(reader, "lowest");
        _highest = RowNumber.Read(reader, "highest");
        double[] head = reader.GetDoubles("head", -1);
        if (head.Length != Math.Min(Present, NumberFit.OffsetRows) || Array.Exists(head, value => !double.IsFinite(value)))
            throw ModelReader.FormatError($"the first values of column '{Name}' do not fit its count, or are not finite");
        _head.AddRange(head);
        _repeats = reader.GetInt32("whole", 0, 1) == 1 ? RepeatSearch.Read(reader.Scope("repeats")) : null;
    }

    protected override void AppendCells(ColumnStatistics later)
    {
        var other = (NumberStatistics)later;
        if (other.Minimum < Minimum)
            (Minimum, _lowest) = (other.Minimum, other._lowest);
        if (other.Maximum > Maximum)
            (Maximum, _highest) = (other.Maximum, other._highest);
        _head.AddRange(other._head.Take(NumberFit.OffsetRows - _head.Count));
        if (other._repeats is null && other.Count > 0)
            _repeats = null;
        else if (other._repeats is not null)
            _repeats?.Append(other._repeats);
    }

    private void AddPresent(ReadOnlySpan<double> values, double minimum, double maximum, long firstRow)
    {
        if (double.IsInfinity(minimum) || double.IsInfinity(maximum))
            ThrowInfinite(values, firstRow);
        if (minimum < Minimum)
        {
            Minimum = minimum;
            _lowest = new RowNumber(firstRow + values.IndexOf(minimum));
        }

        if (maximum > Maximum)
        {
            Maximum = maximum;
            _highest = new RowNumber(firstRow + values.IndexOf(maximum));
        }

        FirstPresent = FirstPresent.Or(new RowNumber(firstRow));
        Present += values.Length;
        if (_head.Count < NumberFit.OffsetRows)
            _head.AddRange(values[..Math.Min(values.Length, NumberFit.OffsetRows - _head.Count)]);
    }

    private void AddWithMissing(ReadOnlySpan<double> values, long firstRow)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                AddPresent(values.Slice(i, 1), values[i], values[i], firstRow + i);
                continue;
            }

            FirstMissing = FirstMissing.Or(new RowNumber(firstRow + i));
            Missing++;
        }
    }

    private void ThrowInfinite(ReadOnlySpan<double> values, long firstRow)
    {
        int at = values.IndexOfAny(double.PositiveInfinity, double.NegativeInfinity);
        throw NumberFit.Infinite(firstRow + at, Name, values[at]);
    }
}
