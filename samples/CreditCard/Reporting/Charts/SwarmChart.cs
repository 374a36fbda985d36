using System.Globalization;
using System.Text;
using AnomalyKit.Samples.CreditCard.Evaluation;

namespace AnomalyKit.Samples.CreditCard.Reporting.Charts;

/// <summary>The contributions of the columns to the scores of many alerts: one point per alert, shaded by the value of the column.</summary>
internal static class SwarmChart
{
    private const int Columns = 10;
    private const int Width = 640;
    private const int RowHeight = 34;
    private const int Shades = 5;
    private const int LongestName = 12;

    public static string Draw(AlertReasons reasons)
    {
        var summary = reasons.Summary;
        double[] means = summary.MeanAbsoluteContributions();
        int[] shown = [.. Enumerable.Range(0, means.Length).OrderByDescending(i => means[i]).Take(Columns)];
        double[][] contributions = [.. shown.Select(column => (double[])[.. Enumerable.Range(0, summary.RowCount).Select(row => summary.Contributions(row)[column])])];
        double least = Math.Min(0, contributions.Min(values => values.Min()));
        double most = Math.Max(0, contributions.Max(values => values.Max()));
        var x = new Scale(least, most > least ? most : least + 1, 110, Width - 16);
        int bottom = shown.Length * RowHeight;
        var drawing = new SvgDrawing(Width, bottom + 42, $"Contributions of the {shown.Length} most important columns to {summary.RowCount} alerts. The table below has their means.");
        for (int place = 0; place < shown.Length; place++)
        {
            string name = summary.Groups.Names[shown[place]];
            double middle = (place + 0.5) * RowHeight;
            drawing.Line(x.From, middle, x.To, middle, "grid").Text(100, middle + 4, name.Length <= LongestName ? name : name[..LongestName] + "…", "end");
            float[] values = [.. Enumerable.Range(0, summary.RowCount).Select(row => reasons.SummaryRows.Cells(row)[shown[place]])];
            AddPoints(drawing, x, middle, contributions[place], ShadesOf(values));
        }

        drawing.Line(x[0], 0, x[0], bottom, "axis").Text(x[0], bottom + 16, "0", "mid");
        if (most > 0)
            drawing.Text(x.To, bottom + 16, most.ToString(most >= 100 ? "+#,0" : "+0.###", CultureInfo.InvariantCulture), "end");
        return drawing.Text((x.From + x.To) / 2, bottom + 35, $"contribution to {summary.Info.ExplainedValue}", "mid title").End();
    }

    /// <summary>Points of about the same contribution are spread out, up and down in turn.</summary>
    private static void AddPoints(SvgDrawing drawing, Scale x, double middle, double[] contributions, int[] shades)
    {
        const double Slot = 4;
        var slots = contributions.Select(value => (int)(x[value] / Slot)).ToArray();
        var counts = slots.CountBy(slot => slot).ToDictionary();
        var taken = new Dictionary<int, int>();
        var paths = Enumerable.Range(0, Shades).Select(_ => new StringBuilder()).ToArray();
        for (int i = 0; i < contributions.Length; i++)
        {
            int place = taken.GetValueOrDefault(slots[i]);
            taken[slots[i]] = place + 1;
            double spread = Math.Min(3.5, (RowHeight - 6.0) / counts[slots[i]]);
            double y = middle + ((place % 2 == 0 ? 1 : -1) * ((place + 1) / 2) * spread);
            paths[shades[i]].Append(CultureInfo.InvariantCulture, $"M{x[contributions[i]]:0.#} {y:0.#}h0");
        }

        for (int shade = 0; shade < Shades; shade++)
        {
            if (paths[shade].Length > 0)
                drawing.Add($"<path class=\"swarm v{shade}\" d=\"{paths[shade]}\"/>");
        }
    }

    /// <summary>Which fifth of all values each value lies in; equal values lie alike.</summary>
    private static int[] ShadesOf(float[] values)
    {
        float[] sorted = [.. values.Order()];
        return Array.ConvertAll(values, value =>
        {
            int rank = Array.BinarySearch(sorted, value);
            while (rank > 0 && sorted[rank - 1].Equals(value))
                rank--;
            return sorted[0].Equals(sorted[^1]) ? Shades / 2 : Math.Clamp(rank * Shades / sorted.Length, 0, Shades - 1);
        });
    }
}
