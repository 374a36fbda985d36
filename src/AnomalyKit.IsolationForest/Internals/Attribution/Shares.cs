using AnomalyKit.IsolationForest.Scoring;

namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>The parts that go left at splits whose column is not known, and what follows from them.</summary>
/// <remarks>
/// A group of columns that is known with probability t passes its splits on a path with the factor t·O + (1 − t)·R: O is the part of the row that they let through, R what they let through of that which stands for the
/// unknown. A further split of the group moves q, the part that goes left, from the share of the unknown r towards the row's own o by α (o − r), α = t·O / (t·O + (1 − t)·R), and weighs in the derivative by
/// t with β = O·R / (t·O + (1 − t)·R)². Where there is no split above, O = R = 1, α = t and β = 1. A row of which nothing is left, O = 0, has α = β = 0; one that is whole has O = 1. So for rows without missing
/// cells α and β depend on the tree alone; this class tabulates them.
/// </remarks>
internal static unsafe class Shares
{
    /// <summary>Coefficients per split: four times α, four times β.</summary>
    public const int Coefficients = 8;

    /// <summary>Points of the quadrature per round.</summary>
    public const int Points = 4;

    /// <summary>The parts of a background row.</summary>
    public static void OfRow(ReadOnlySpan<PathNode> nodes, ReadOnlySpan<float> row, LevelSets? levels, double* leftShares)
    {
        for (int i = 0; i < nodes.Length; i++)
            leftShares[i] = OfCell(nodes[i], row[nodes[i].Column], levels);
    }

    /// <summary>The part that goes left: 1, 0, or the split's part of the sample where the cell is missing.</summary>
    public static double OfCell(in PathNode node, float cell, LevelSets? levels)
    {
        if (float.IsNaN(cell))
            return node.LeftCover;
        bool left = node.Split < 0 ? cell < node.Threshold : !levels!.GoesRight(node.Split, cell);
        return left ? 1 : 0;
    }

    /// <summary>The expected path length of what goes left by these parts.</summary>
    /// <param name="tree">The tree, of at least one split.</param>
    /// <param name="nodes">Its splits.</param>
    /// <param name="leftShares">The parts.</param>
    /// <param name="values">Room for one number per split.</param>
    public static double Expectation(in PathTree tree, ReadOnlySpan<PathNode> nodes, double* leftShares, double* values)
    {
        for (int i = tree.Count - 1; i >= 0; i--)
        {
            double left = nodes[i].Left < 0 ? nodes[i].LeftValue : values[nodes[i].Left];
            double right = nodes[i].Right < 0 ? nodes[i].RightValue : values[nodes[i].Right];
            values[i] = (leftShares[i] * left) + ((1 - leftShares[i]) * right);
        }

        return values[0];
    }

    /// <summary>R of every split.</summary>
    public static void Reach(ReadOnlySpan<PathNode> nodes, double* leftShares, double* reaches)
    {
        for (int i = 0; i < nodes.Length; i++)
        {
            int above = nodes[i].Above;
            if (above < 0)
            {
                reaches[i] = 1;
                continue;
            }

            double left = leftShares[above >> 1];
            reaches[i] = reaches[above >> 1] * ((above & 1) == 0 ? left : 1 - left);
        }
    }

    /// <summary>α and β at four points for rows of which all is left, one row of coefficients for the splits without another above and one for each other.</summary>
    public static void Tabulate(ReadOnlySpan<PathNode> nodes, double* reaches, ReadOnlySpan<double> points, double* coefficients)
    {
        SetRow(points, 1, coefficients);
        for (int i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Coefficients > 0)
                SetRow(points, reaches[i], coefficients + ((long)nodes[i].Coefficients * Coefficients));
        }
    }

    private static void SetRow(ReadOnlySpan<double> points, double reach, double* coefficients)
    {
        for (int k = 0; k < Points; k++)
        {
            double factor = reach == 1 ? 1 : points[k] + ((1 - points[k]) * reach);
            coefficients[k] = points[k] / factor;
            coefficients[Points + k] = reach / (factor * factor);
        }
    }
}
