using System.Globalization;

namespace AnomalyKit.Tuning.Tests.Studies;

/// <summary>A process that works on a study: <c>PATH TRIALS TRIALS-PER-ROUND [NUMBER]</c>. At the trial of that number it writes a line and waits for one.</summary>
internal static class StudyChild
{
    public static readonly SearchSpace Space = new(SearchDimension.Real("x", -1, 1), SearchDimension.Integer("count", 1, 100, isLogarithmic: true));
    public static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits for the other processes as long as it takes.</summary>
    public static RunStoreOptions Waiting { get; } = new() { BusyTimeout = Patience.Long };

    public static StudyOptions Options(int trialsPerRound) => new() { Sampler = new TpeSampler { Seed = 7 }, TrialsPerRound = trialsPerRound };

    public static double Objective(TrialContext trial) => -Math.Pow(trial.Point.Values[0] - 0.3, 2) - Math.Abs(Math.Log(trial.Point.Values[1] / 10));

    public static void Run(string[] args)
    {
        int stop = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : -1;
        // All are there before the first one opens the file.
        Console.WriteLine("ready");
        Console.ReadLine();
        using var runs = RunStore.Open(args[0], Waiting);
        using var store = StudyStore.In(runs);
        using var study = new Study(Space, Options(int.Parse(args[2], CultureInfo.InvariantCulture)), store);
        int calls = 0;
        study.Run(
            trial =>
            {
                calls++;
                if (trial.Number == stop)
                {
                    Console.WriteLine("there");
                    Console.ReadLine();
                }

                return Objective(trial);
            },
            new() { TrialCount = int.Parse(args[1], CultureInfo.InvariantCulture), MaxDegreeOfParallelism = 1, Lease = stop < 0 ? Patience.Long : Lease });
        Console.WriteLine(calls);
    }
}
