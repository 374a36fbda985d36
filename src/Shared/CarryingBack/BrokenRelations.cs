namespace AnomalyKit.CarryingBack;

/// <summary>Divides among the columns what a row is charged with for the exact relations that it breaks.</summary>
/// <remarks>
/// Relations share in proportion to their squared distances. Within a relation a column gets a share in proportion to z², its distance from the center in units of its standard deviation:
/// a broken relation by itself does not tell which of its columns is wrong, and the column that is unusual by itself is the likeliest. Columns whose part in the relation is below 10⁻⁴ of the largest get nothing.
/// </remarks>
internal sealed class BrokenRelations
{
    // Squares and sums of squares stay finite.
    private const double Largest = 1e140;
    private const double NamedFraction = 1e-4;

    private readonly LinearRelations _relations;
    private readonly double[] _centers;
    private readonly Member[][] _members;

    public BrokenRelations(LinearRelations relations, double[] centers, double[] deviations)
    {
        _relations = relations;
        _centers = centers;
        _members = [.. relations.Items.Select(relation => Members(relation, deviations))];
    }

    public int Count => _members.Length;

    /// <summary>The sum of the squared distances of a row, limited to what can be divided.</summary>
    public double SquaredDistance(ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int i = 0; i < _members.Length; i++)
            sum += Square(i, row);
        return sum;
    }

    /// <summary>Adds shares of a sum to the columns.</summary>
    /// <param name="row">The cells of the row.</param>
    /// <param name="total">What is divided. Where the row breaks no relation, all relations share alike.</param>
    /// <param name="contributions">One number per column.</param>
    public void Divide(ReadOnlySpan<float> row, double total, Span<double> contributions)
    {
        double sum = SquaredDistance(row);
        for (int i = 0; i < _members.Length; i++)
        {
            double share = sum > 0 ? Square(i, row) / sum : 1.0 / _members.Length;
            if (share > 0)
                DivideWithin(_members[i], row, total * share, contributions);
        }
    }

    private static Member[] Members(LinearRelation relation, double[] deviations)
    {
        double Part(int i)
        {
            double deviation = deviations[relation.Columns[i]];
            return Math.Abs(relation.Weights[i]) * (deviation > 0 ? deviation : 1);
        }

        double largest = Enumerable.Range(0, relation.Columns.Length).Max(Part);
        return [.. Enumerable.Range(0, relation.Columns.Length)
            .Where(i => Part(i) >= NamedFraction * largest)
            .Select(i => new Member(relation.Columns[i], deviations[relation.Columns[i]] is > 0 and var deviation ? deviation : 1))];
    }

    private double Square(int relation, ReadOnlySpan<float> row)
    {
        double distance = Math.Min(_relations.Items[relation].Distance(row), Largest);
        return distance * distance;
    }

    private void DivideWithin(Member[] members, ReadOnlySpan<float> row, double total, Span<double> contributions)
    {
        double sum = 0;
        foreach (var member in members)
            sum += Square(member, row);
        foreach (var member in members)
            contributions[member.Column] += total * (sum > 0 ? Square(member, row) / sum : 1.0 / members.Length);
    }

    private double Square(Member member, ReadOnlySpan<float> row)
    {
        double z = Math.Min(Math.Abs(row[member.Column] - _centers[member.Column]) / member.Deviation, Largest);
        return z * z;
    }

    private readonly record struct Member(int Column, double Deviation);
}
