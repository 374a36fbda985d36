using System.Globalization;

namespace AnomalyKit.Quality;

/// <summary>The Markdown tables of recipes, of members, and of the choice by the other sets.</summary>
internal static class EnsembleTables
{
    public static void Write(EnsembleFigures figures, TextWriter output)
    {
        string[] recipes = [.. EnsembleRecipes.All.Select(recipe => recipe.Key)];
        output.WriteLine("| ensemble | ROC AUC / AP |");
        output.WriteLine("| --- | ---: |");
        foreach (string name in figures.Names.OrderBy(name => !recipes.Contains(name)))
            output.WriteLine($"| {name} | {Pair(figures.Mean(name, figures.Sets))} |");

        output.WriteLine();
        string[] own = [EnsembleRecipes.All[0].Key, EnsembleRecipes.All[1].Key, EnsembleRecipes.All[2].Key];
        string[] members = [.. RecommendedEnsemble.Create().Members.Select(member => EnsembleRun.MemberName(member.Name))];
        output.WriteLine($"| set | {string.Join(" | ", own)} | {string.Join(" | ", members)} | AP less the median member's | chosen by the other sets | judged |");
        output.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" ---: |", own.Length + members.Length + 1))} --- | ---: |");
        var judged = new List<(double RocAuc, double AveragePrecision)>();
        foreach (string set in figures.Sets)
        {
            string chosen = figures.BestWithout(set, recipes);
            judged.Add(figures.On(chosen, set));
            double[] precisions = [.. members.Select(member => figures.On(member, set).AveragePrecision).Order()];
            double above = figures.On(own[0], set).AveragePrecision - precisions[precisions.Length / 2];
            output.WriteLine($"| {set} | {string.Join(" | ", own.Concat(members).Select(name => Pair(figures.On(name, set))))} | {Number(above, "+.000;-.000")} | {chosen} | {Pair(judged[^1])} |");
        }

        output.WriteLine();
        output.WriteLine($"Leave one set out: {Pair((judged.Average(pair => pair.RocAuc), judged.Average(pair => pair.AveragePrecision)))}.");
    }

    private static string Pair((double RocAuc, double AveragePrecision) figures) => $"{Number(figures.RocAuc, ".0000")} / {Number(figures.AveragePrecision, ".0000")}";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
