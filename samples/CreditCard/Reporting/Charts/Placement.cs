namespace AnomalyKit.Samples.CreditCard.Reporting.Charts;

/// <summary>Moves badges apart that would lie on one another.</summary>
internal static class Placement
{
    private const int Rounds = 400;

    /// <summary>Positions near the given ones, at least <paramref name="apart"/> from one another where there is room, all within the box.</summary>
    public static (double X, double Y)[] Spread(IReadOnlyList<(double X, double Y)> wanted, double apart, (double Left, double Top, double Right, double Bottom) box)
    {
        var at = wanted.ToArray();
        for (int round = 0; round < Rounds; round++)
        {
            bool isMoved = false;
            for (int i = 0; i < at.Length; i++)
            {
                for (int j = i + 1; j < at.Length; j++)
                    isMoved |= Push(at, i, j, apart);
            }

            for (int i = 0; i < at.Length; i++)
                at[i] = (Math.Clamp(at[i].X, box.Left, box.Right), Math.Clamp(at[i].Y, box.Top, box.Bottom));
            if (!isMoved)
                break;
        }

        return at;
    }

    private static bool Push((double X, double Y)[] at, int i, int j, double apart)
    {
        double x = at[j].X - at[i].X;
        double y = at[j].Y - at[i].Y;
        double distance = Math.Sqrt((x * x) + (y * y));
        if (distance >= apart - 0.1)
            return false;

        // Points at the same place part in directions that depend on which they are, so that not all of them end on one line.
        (x, y) = distance < 0.01 ? (Math.Cos(2.4 * (i + j)), Math.Sin(2.4 * (i + j))) : (x / distance, y / distance);
        double half = (apart - distance) / 2;
        at[i] = (at[i].X - (half * x), at[i].Y - (half * y));
        at[j] = (at[j].X + (half * x), at[j].Y + (half * y));
        return true;
    }

    /// <summary>A point of each curve that is far from the points of the other curves, to label it there.</summary>
    public static (double X, double Y)[] OnCurves(IReadOnlyList<IReadOnlyList<(double X, double Y)>> curves, (double Left, double Top, double Right, double Bottom) box)
    {
        var chosen = new List<(double X, double Y)>();
        for (int i = 0; i < curves.Count; i++)
        {
            (double X, double Y) best = curves[i].Count > 0 ? curves[i][0] : (box.Left, box.Bottom);
            double most = double.NegativeInfinity;
            foreach (var point in Sampled(curves[i]))
            {
                if (point.X < box.Left || point.X > box.Right || point.Y < box.Top || point.Y > box.Bottom)
                    continue;
                double toBadges = chosen.Count == 0 ? 60 : Math.Min(60, chosen.Min(other => Distance(other, point)));
                double toLines = 24;
                for (int other = 0; other < curves.Count; other++)
                {
                    if (other != i && curves[other].Count > 0)
                        toLines = Math.Min(toLines, curves[other].Min(at => Distance(at, point)));
                }

                double worth = Math.Min(toBadges, 20) * 20 + toBadges + (4 * toLines);
                if (worth > most)
                    (most, best) = (worth, point);
            }

            chosen.Add(best);
        }

        return [.. chosen];
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    /// <summary>Points of a curve about every six units along it.</summary>
    internal static List<(double X, double Y)> Sampled(IReadOnlyList<(double X, double Y)> curve)
    {
        const double Step = 6;
        var points = new List<(double X, double Y)>();
        for (int i = 1; i < curve.Count; i++)
        {
            double length = Distance(curve[i - 1], curve[i]);
            if (length < Step && points.Count > 0 && Distance(points[^1], curve[i]) < Step)
                continue;
            int parts = Math.Max(1, (int)(length / Step));
            for (int part = 1; part <= parts; part++)
            {
                double share = (double)part / parts;
                points.Add((curve[i - 1].X + (share * (curve[i].X - curve[i - 1].X)), curve[i - 1].Y + (share * (curve[i].Y - curve[i - 1].Y))));
            }
        }

        return points;
    }

    /// <summary>Puts many marks that want one place in a block to its right, three in a line, so that they stay together; fewer than three stay where they are.</summary>
    /// <param name="wanted">Where marks want to be.</param>
    /// <param name="apart">How far apart their middles are at least.</param>
    public static (double X, double Y)[] InBlocks((double X, double Y)[] wanted, double apart)
    {
        const int Columns = 3;
        var placed = wanted.ToArray();
        foreach (var group in Enumerable.Range(0, wanted.Length).GroupBy(i => (Math.Round(wanted[i].X), Math.Round(wanted[i].Y))).Where(group => group.Count() >= Columns))
        {
            int[] members = [.. group];
            double top = wanted[members[0]].Y - ((members.Length - 1) / Columns * apart / 2);
            for (int k = 0; k < members.Length; k++)
                placed[members[k]] = (wanted[members[k]].X + (apart * (1 + (k % Columns))), top + (k / Columns * apart));
        }

        return placed;
    }
}
