namespace AnomalyKit;

/// <summary>What a <see cref="ClassifierTest"/> found.</summary>
public sealed class ClassifierTestResult
{
    internal ClassifierTestResult(double areaUnderRoc, double pValue, int heldOutCount, IReadOnlyList<ClassifierColumn> columns)
    {
        AreaUnderRoc = areaUnderRoc;
        PValue = pValue;
        HeldOutCount = heldOutCount;
        Columns = columns;
    }

    /// <summary>The probability that the classifier ranks a current row above a row of the reference, on rows that it was not trained on: 0.5 is guessing, 1 is always right.</summary>
    public double AreaUnderRoc { get; }

    /// <summary>The probability of an area at least so large where the windows are alike, one-sided; above 0 and at most 1.</summary>
    public double PValue { get; }

    /// <summary>How many rows were held out.</summary>
    public int HeldOutCount { get; }

    /// <summary>The columns, those that tell the windows apart first. Worth reading only where <see cref="PValue"/> is small.</summary>
    public IReadOnlyList<ClassifierColumn> Columns { get; }

    /// <summary>The area, its p-value and the first columns.</summary>
    /// <returns>For example <c>area 0.93, p 1E-80: Time, V3, V14</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"area {AreaUnderRoc:G3}, p {PValue:G3}: {string.Join(", ", Columns.Take(3).Select(column => column.Name))}");
}

/// <summary>The part of a column in what tells two windows apart.</summary>
/// <param name="Name">The column.</param>
/// <param name="Fraction">Its part of the difference of the windows' mean answers, from 0 to 1; parts of all columns add up to 1, or are all 0.</param>
public sealed record ClassifierColumn(string Name, double Fraction);
