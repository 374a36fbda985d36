namespace AnomalyKit;

/// <summary>The samplers by name.</summary>
public static class SearchSamplers
{
    /// <summary>The names that <see cref="Parse"/> knows: <c>tpe</c>, <c>random</c>, <c>sobol</c>, <c>grid</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tpe", "random", "sobol", "grid"];

    /// <summary>The sampler of a name, with its defaults.</summary>
    /// <param name="name">One of <see cref="Names"/>; case does not matter.</param>
    /// <param name="seed">What it draws by; the grid draws nothing.</param>
    /// <returns>The sampler.</returns>
    /// <exception cref="FormatException">There is no such sampler; the message lists those that there are.</exception>
    public static SearchSampler Parse(string name, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.ToLowerInvariant() switch
        {
            "tpe" => new TpeSampler { Seed = seed },
            "random" => new RandomSampler { Seed = seed },
            "sobol" => new SobolSampler { Seed = seed },
            "grid" => new GridSampler(),
            _ => throw new FormatException($"There is no sampler '{name}'. Samplers are {string.Join(", ", Names)}."),
        };
    }
}
