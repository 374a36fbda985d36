namespace AnomalyKit.Quality;

/// <summary>Fits every recipe on the splits of every set, and measures it and the members of <see cref="RecommendedEnsemble"/>.</summary>
internal static class EnsembleRun
{
    /// <summary>What a member of the recommended ensemble is called beside the recipes.</summary>
    public static string MemberName(string member) => $"{member} alone";

    public static EnsembleFigures Run(IReadOnlyList<QualitySet> sets, int seeds, int threads, CancellationToken cancellationToken)
    {
        var figures = new EnsembleFigures();
        foreach (var set in sets)
        {
            var data = set.Load(cancellationToken);
            for (int seed = 1; seed <= seeds; seed++)
            {
                if (QualitySplit.Draw(data.Labels.Span, seed) is { } split)
                    Measure(set.Name, data.SelectRows(split.Train), data.SelectRows(split.Test), (ulong)seed, threads, figures, cancellationToken);
                Console.Error.WriteLine($"{set.Name} {seed}");
            }
        }

        return figures;
    }

    private static void Measure(string set, FeatureMatrix train, FeatureMatrix test, ulong seed, int threads, EnsembleFigures figures, CancellationToken cancellationToken)
    {
        var once = new FitOnce();
        var fitting = new FitOptions { MaxDegreeOfParallelism = threads };
        var scoring = new ScoreOptions { MaxDegreeOfParallelism = threads };
        foreach (var (name, setup) in EnsembleRecipes.All)
        {
            var ensemble = once.Of(setup(seed)).Fit(train, fitting, cancellationToken);
            figures.Add(name, set, test.Labels.Span, ensemble.Score(test, scoring, cancellationToken));
            if (name != EnsembleRecipes.All[0].Key)
                continue;
            foreach (var member in ensemble.Members)
                figures.Add(MemberName(member.Name), set, test.Labels.Span, member.Detector.Score(test, scoring, cancellationToken));
        }
    }
}
