namespace AnomalyKit.Tuning;

/// <summary>Adapts a trainer to a part of the rows: numbers of neighbors shrink in proportion, and random starts are left out.</summary>
internal static class FewerRows
{
    /// <summary>The trainer to fit on some of the rows.</summary>
    /// <param name="trainer">The trainer that would be fitted on all rows.</param>
    /// <param name="some">How many rows it is fitted on instead.</param>
    /// <param name="all">How many all rows are.</param>
    public static IDetectorTrainer Trainer(IDetectorTrainer trainer, int some, int all) => trainer switch
    {
        NearestNeighborsTrainer { Neighbors: { } neighbors } nearest => nearest with { Neighbors = Fewer(neighbors, nearest.SampleSize, some, all) },
        LocalOutlierFactorTrainer { Neighbors: { } neighbors } factor => factor with { Neighbors = Fewer(neighbors, factor.SampleSize, some, all) },
        EllipticEnvelopeTrainer envelope => envelope with { RandomStarts = 0 },
        EnsembleTrainer ensemble => ensemble with { Members = [.. ensemble.Members.Select(member => new EnsembleMember(member.Name, Trainer(member.Trainer, some, all)) { Weight = member.Weight })] },
        _ => trainer,
    };

    private static int Fewer(int neighbors, int? sample, int some, int all)
    {
        int rows = Math.Min(some, sample ?? some);
        double part = (double)rows / Math.Min(all, sample ?? all);
        return Math.Clamp((int)Math.Round(neighbors * part), Math.Min(neighbors, 2), Math.Max(Math.Min(neighbors, 2), rows - 1));
    }
}
