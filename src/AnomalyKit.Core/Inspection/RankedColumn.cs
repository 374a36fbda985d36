using System.Numerics.Tensors;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>The ranks of a column's numbers, and what sums of them are needed to correlate it with another one.</summary>
/// <remarks>Ranks are doubled, so that shared ones are whole numbers: sums of up to 4,096 products are then exact in any order, and the same on every machine.</remarks>
internal sealed class RankedColumn
{
    private readonly double[] _ranks;
    private readonly double[] _squares;
    private readonly double[] _isPresent;
    private readonly int _presentCount;
    private readonly double _sum;
    private readonly double _spread;

    /// <param name="numbers">One number per row, NaN where it is missing; no more than 4,096.</param>
    public RankedColumn(double[] numbers)
    {
        int[] present = [.. Enumerable.Range(0, numbers.Length).Where(row => !double.IsNaN(numbers[row]))];
        double[] ranks = MidRanks.Of<double>([.. present.Select(row => numbers[row])]);
        _ranks = new double[numbers.Length];
        _isPresent = new double[numbers.Length];
        for (int i = 0; i < present.Length; i++)
            (_ranks[present[i]], _isPresent[present[i]]) = (2 * ranks[i], 1);
        _squares = Array.ConvertAll(_ranks, rank => rank * rank);
        _presentCount = present.Length;
        VaryingCount = _presentCount - present.GroupBy(row => numbers[row]).Select(group => group.Count()).DefaultIfEmpty().Max();
        _sum = TensorPrimitives.Sum<double>(_ranks);
        _spread = (_presentCount * TensorPrimitives.Sum<double>(_squares)) - (_sum * _sum);
    }

    /// <summary>How many rows have another number than the most frequent one.</summary>
    public int VaryingCount { get; }

    /// <summary>The correlation of the ranks over the rows in which both have a number: Spearman's coefficient.</summary>
    /// <param name="other">Another column of the same rows.</param>
    /// <returns>The correlation, NaN where one does not vary, and the number of rows.</returns>
    public (double Correlation, int Rows) With(RankedColumn other)
    {
        double products = TensorPrimitives.Dot<double>(_ranks, other._ranks);
        if (IsComplete && other.IsComplete)
            return (Correlation((_presentCount * products) - (_sum * other._sum), _spread, other._spread), _presentCount);
        int rows = (int)TensorPrimitives.Dot<double>(_isPresent, other._isPresent);
        double sum = TensorPrimitives.Dot<double>(_ranks, other._isPresent);
        double otherSum = TensorPrimitives.Dot<double>(_isPresent, other._ranks);
        double spread = (rows * TensorPrimitives.Dot<double>(_squares, other._isPresent)) - (sum * sum);
        double otherSpread = (rows * TensorPrimitives.Dot<double>(_isPresent, other._squares)) - (otherSum * otherSum);
        return (Correlation((rows * products) - (sum * otherSum), spread, otherSpread), rows);
    }

    private bool IsComplete => _presentCount == _ranks.Length;

    private static double Correlation(double common, double spread, double otherSpread) =>
        spread > 0 && otherSpread > 0 ? Math.Clamp(common / Math.Sqrt(spread * otherSpread), -1, 1) : double.NaN;
}
