namespace AnomalyKit.Architecture.Tests;

/// <summary>The sets of nodes of a directed graph that reach each other.</summary>
internal static class Circles
{
    public static IReadOnlyList<IReadOnlyList<string>> Of(IReadOnlyCollection<(string From, string To)> edges)
    {
        var next = edges.ToLookup(edge => edge.From, edge => edge.To);
        string[] nodes = [.. edges.SelectMany(edge => new[] { edge.From, edge.To }).Distinct().Order(StringComparer.Ordinal)];
        var reached = nodes.ToDictionary(node => node, node => Reach(node, next));
        var circles = new List<IReadOnlyList<string>>();
        foreach (string node in nodes)
        {
            if (!circles.Any(circle => circle.Contains(node)) && reached[node].Contains(node))
                circles.Add([.. nodes.Where(other => reached[node].Contains(other) && reached[other].Contains(node))]);
        }

        return circles;
    }

    private static HashSet<string> Reach(string from, ILookup<string, string> next)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>(next[from]);
        while (open.TryPop(out string? node))
        {
            if (!seen.Add(node))
                continue;
            foreach (string other in next[node])
                open.Push(other);
        }

        return seen;
    }
}
