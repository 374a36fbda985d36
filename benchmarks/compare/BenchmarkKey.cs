namespace AnomalyKit.Compare;

/// <summary>What makes two measurements the same benchmark: the full name, the parameters, and the job (its environment variables, its iterations).</summary>
internal sealed record BenchmarkKey(string FullName, string Parameters, string Job) : IComparable<BenchmarkKey>
{
    /// <summary>The class and the method, for people.</summary>
    public string ShortName
    {
        get
        {
            string name = FullName.Split('(')[0];
            string[] parts = name.Split('.');
            return parts.Length < 2 ? name : $"{parts[^2]}.{parts[^1]}";
        }
    }

    public int CompareTo(BenchmarkKey? other) => other is null ? 1
        : (string.CompareOrdinal(FullName, other.FullName), string.CompareOrdinal(Parameters, other.Parameters), string.CompareOrdinal(Job, other.Job)) switch
        {
            (not 0 and var name, _, _) => name,
            (_, not 0 and var parameters, _) => parameters,
            var (_, _, job) => job,
        };

    public override string ToString() => Parameters.Length == 0 ? ShortName : $"{ShortName} [{Parameters}]";
}
