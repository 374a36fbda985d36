using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>Runs the whole search on the training rows of each outer fold, and measures what it selects on the rows that were held out from it.</summary>
/// <remarks>S. Varma and R. Simon, BMC Bioinformatics 7 (2006): without this the value of the best setting is optimistic. G. C. Cawley and N. L. C. Talbot, JMLR 11 (2010).</remarks>
internal sealed class NestedEstimate(SearchPlan plan, IReadOnlyList<ValidationFold> outer, Action<int> ended)
{
    /// <summary>What the search of each outer fold selected.</summary>
    public List<SearchTrial> Selected { get; } = [];

    /// <summary>Both estimates, or why there are none.</summary>
    public (SearchEstimate? Estimate, SearchEstimate? Default, string? Problem) Run()
    {
        var (selected, start) = (new List<FoldScores>(), new List<FoldScores>());
        try
        {
            for (int fold = 0; fold < outer.Count; fold++)
            {
                int number = fold;
                var pass = new SearchPass(plan, outer[fold].Training, $"{plan.Options.StudyName}/outer-{fold + 1}") { Ended = _ => ended(number) }.Run();
                Selected.Add(pass.Best);
                var fitting = plan.FittingOn([outer[fold]]);
                selected.AddRange(fitting.Score(pass.Setting, 1, plan.Threads, plan.Token));
                if (pass.Default.Value is not null && start.Count == fold)
                    start.AddRange(pass.Setting == plan.Start ? selected[^1..] : TryDefault(fitting));
            }

            var estimate = MetricInterval.Of(plan.Search.Metric, selected, plan.Search.Seed);
            return (estimate, start.Count == outer.Count ? MetricInterval.Of(plan.Search.Metric, start, plan.Search.Seed) : null, null);
        }
        catch (Exception problem) when (problem is ArgumentException or TableDataException or FeatureDataException)
        {
            return (null, null, problem.Message);
        }
    }

    private FoldScores[] TryDefault(FoldFitting fitting)
    {
        try
        {
            return fitting.Score(plan.Start, 1, plan.Threads, plan.Token);
        }
        catch (Exception problem) when (SettingProblem.Is(problem))
        {
            return [];
        }
    }
}
