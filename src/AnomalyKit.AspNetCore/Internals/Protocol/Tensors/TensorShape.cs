using System.Globalization;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>The shape of a tensor of at most two dimensions whose elements can be counted: rows, and columns.</summary>
internal readonly record struct TensorShape
{
    private readonly long _columns;

    private TensorShape(int rank, long rows, long columns)
    {
        Rank = rank;
        Rows = rows;
        _columns = columns;
    }

    /// <summary>1 or 2.</summary>
    public int Rank { get; }

    /// <summary>The first dimension.</summary>
    public long Rows { get; }

    /// <summary>The second dimension; 1 where there is none.</summary>
    public long Columns => Rank == 1 ? 1 : _columns;

    /// <summary>How many elements there are.</summary>
    public long ElementCount => Rows * Columns;

    /// <summary>Checks dimensions.</summary>
    /// <param name="input">The name of the tensor.</param>
    /// <param name="dimensions">The dimensions, or the first three of them.</param>
    /// <exception cref="RequestException">There are none or more than two, one is negative, or their product is too large for any tensor.</exception>
    public static TensorShape Of(string input, ReadOnlySpan<long> dimensions)
    {
        if (dimensions.Length is 0 or > 2)
            throw RequestException.Invalid($"Input '{Quoted.Text(input)}': a shape has one or two dimensions, [rows] or [rows, columns]; this one has {(dimensions.IsEmpty ? "none" : "more")}.");
        foreach (long dimension in dimensions)
        {
            if (dimension < 0)
                throw RequestException.Invalid($"Input '{Quoted.Text(input)}': shape {Text(dimensions)} has the negative dimension {dimension}. Give the number of rows and columns that are sent.");
        }

        var shape = new TensorShape(dimensions.Length, dimensions[0], dimensions.Length == 2 ? dimensions[1] : 1);
        return Math.BigMul(shape.Rows, shape._columns, out long low) == 0 && low is >= 0 and <= int.MaxValue
            ? shape
            : throw RequestException.Invalid($"Input '{Quoted.Text(input)}': shape {Text(dimensions)} has more than {int.MaxValue} elements. Send fewer rows at a time.");
    }

    /// <inheritdoc/>
    public override string ToString() => Rank == 1 ? Text([Rows]) : Text([Rows, _columns]);

    private static string Text(ReadOnlySpan<long> dimensions) => dimensions.Length == 1
        ? string.Create(CultureInfo.InvariantCulture, $"[{dimensions[0]}]")
        : string.Create(CultureInfo.InvariantCulture, $"[{dimensions[0]}, {dimensions[1]}]");
}
