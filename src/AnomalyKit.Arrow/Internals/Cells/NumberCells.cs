using System.Globalization;
using System.Numerics;
using AnomalyKit.Tables;

namespace AnomalyKit.Arrow.Cells;

/// <summary>Numbers. Whole columns of float, double and int64 are not copied.</summary>
internal static class NumberCells
{
    public static SingleColumn Singles(CellRun run)
    {
        var validity = run.Validity();
        if (!validity.HasGaps)
            return new SingleColumn(run.Name, run.Memory<float>());
        float[] cells = run.Values<float>().ToArray();
        for (int row = 0; row < cells.Length; row++)
        {
            if (!validity[row])
                cells[row] = float.NaN;
        }

        return new SingleColumn(run.Name, cells);
    }

    public static SingleColumn Halves(CellRun run)
    {
        var validity = run.Validity();
        var values = run.Values<Half>();
        var cells = new float[run.Count];
        for (int row = 0; row < cells.Length; row++)
            cells[row] = validity[row] ? (float)values[row] : float.NaN;
        return new SingleColumn(run.Name, cells);
    }

    public static DoubleColumn Doubles(CellRun run)
    {
        var validity = run.Validity();
        if (!validity.HasGaps)
            return new DoubleColumn(run.Name, run.Memory<double>());
        return Doubles<double>(run, value => value);
    }

    public static DoubleColumn Doubles<T>(CellRun run, Func<T, double> convert)
        where T : unmanaged
    {
        var validity = run.Validity();
        var values = run.Values<T>();
        var cells = new double[run.Count];
        for (int row = 0; row < cells.Length; row++)
            cells[row] = validity[row] ? convert(values[row]) : double.NaN;
        return new DoubleColumn(run.Name, cells);
    }

    public static Int64Column Longs(CellRun run) => new(run.Name, run.Memory<long>(), run.Validity().Marks(run.Count));

    public static Int64Column Wholes<T>(CellRun run)
        where T : unmanaged, IBinaryInteger<T>
    {
        var values = run.Values<T>();
        var cells = new long[run.Count];
        for (int row = 0; row < cells.Length; row++)
            cells[row] = long.CreateTruncating(values[row]);
        return new Int64Column(run.Name, cells, run.Validity().Marks(run.Count));
    }

    public static TableColumn Unsigned(CellRun run)
    {
        if (!run.EveryDigit)
            return Doubles<ulong>(run, value => value);
        var validity = run.Validity();
        var values = run.Values<ulong>();
        var words = new string?[run.Count];
        for (int row = 0; row < words.Length; row++)
            words[row] = validity[row] ? values[row].ToString(CultureInfo.InvariantCulture) : null;
        return CategoryColumn.FromWords(run.Name, words);
    }

    public static BooleanColumn Booleans(CellRun run)
    {
        var validity = run.Validity();
        var bits = run.Buffer(1).Span;
        int first = run.Data.Offset + run.Start;
        var cells = new sbyte[run.Count];
        for (int row = 0; row < cells.Length; row++)
            cells[row] = validity[row] ? (sbyte)((bits[(first + row) >> 3] >> ((first + row) & 7)) & 1) : BooleanColumn.MissingCell;
        return new BooleanColumn(run.Name, cells);
    }

    /// <summary>Decimals of 4, 8, 16 or 32 bytes: two's complement, the lowest byte first.</summary>
    public static TableColumn Decimals(CellRun run, int size, int precision, int scale)
    {
        const int MaxWholeDigits = 18;
        var validity = run.Validity();
        var bytes = run.Bytes(size).Span;
        var words = run.EveryDigit ? new string?[run.Count] : null;
        bool isWhole = scale == 0 && precision <= MaxWholeDigits;
        var wholes = isWhole && words is null ? new long[run.Count] : null;
        var doubles = isWhole || words is not null ? null : new double[run.Count];
        for (int row = 0; row < run.Count; row++)
        {
            bool isThere = validity[row];
            var unscaled = isThere ? new BigInteger(bytes.Slice(row * size, size)) : default;
            if (words is not null)
                words[row] = isThere ? ScaledNumber.ToText(unscaled, scale) : null;
            else if (wholes is not null)
                wholes[row] = (long)unscaled;
            else
                doubles![row] = isThere ? ScaledNumber.ToDouble(unscaled, scale) : double.NaN;
        }

        if (words is not null)
            return CategoryColumn.FromWords(run.Name, words);
        return wholes is not null ? new Int64Column(run.Name, wholes, validity.Marks(run.Count)) : new DoubleColumn(run.Name, doubles!);
    }
}
