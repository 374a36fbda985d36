namespace AnomalyKit.Tuning;

/// <summary>Says which trainer stands on some of the rows for another on all of them: options that count rows shrink with them, and those that only buy precision are cut.</summary>
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
        double part = (double)Math.Min(some, sample ?? some) / Math.Min(all, sample ?? all);
        return Math.Max(Math.Min(neighbors, 2), (int)Math.Round(neighbors * part));
    }
}
