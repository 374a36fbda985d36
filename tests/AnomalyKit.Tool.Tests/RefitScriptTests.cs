using System.Diagnostics;
using System.Globalization;
using AnomalyKit.Numerics;
using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary><c>deploy/refit.sh</c>: fits on the first days, checks on the last, and publishes what is no worse.</summary>
public sealed class RefitScriptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("anomalykit-refit-").FullName;

    public RefitScriptTests()
    {
        Directory.CreateDirectory(File("bin"));
        Directory.CreateDirectory(File("rows"));
        System.IO.File.WriteAllText(File("bin/anomalykit"), $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "AnomalyKit.Tool.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(File("bin/anomalykit"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        for (int day = 1; day <= 8; day++)
            System.IO.File.WriteAllText(File($"rows/2026-11-0{day}.csv"), Day(day));
    }

    [UnixFact(needs: "jq")]
    public void A_model_is_published_whole_and_again_if_it_is_no_worse()
    {
        // Links are followed, and folders are no days.
        System.IO.File.Move(File("rows/2026-11-06.csv"), File("sixth"));
        System.IO.File.CreateSymbolicLink(File("rows/2026-11-06.csv"), File("sixth"));
        Directory.CreateSymbolicLink(File("link"), File("rows"));
        Directory.CreateDirectory(File("rows/2026-11-09.csv"));
        var first = Refit(("ROWS", File("link")));
        Assert.True(first.Code == 0, first.Said);
        string version = Assert.Single(Versions());
        Assert.Matches("^[0-9]{8}\\.[0-9]{6}$", version);
        Assert.EndsWith($"Published: {File("models/pay")}/{version}\n", first.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("in common", first.Said, StringComparison.Ordinal);
        // It learned from the first six days, and nothing else.
        var detector = DetectorFile.LoadTableDetector(File($"models/pay/{version}/model.akm"));
        Assert.Equal(Enumerable.Range(1, 6).Sum(RowCount), detector.Profile!.RowCount);
        Assert.True(detector.Profile.HasHeldOutScores);

        // A second later, so that the version has another name.
        Thread.Sleep(1100);
        var second = Refit(("LABEL", "fraud"), ("PLANTED", Planted()));
        Assert.True(second.Code == 0, second.Said);
        Assert.Equal(2, Versions().Length);
        Assert.Contains("Of the 20 highest rows, both models have 20 in common.", second.Said, StringComparison.Ordinal);
        Assert.Contains("Planted rows found: 1; by the model in service: 1.", second.Said, StringComparison.Ordinal);
        Assert.Matches("Average precision: [0-9.]+; of the model in service: [0-9.]+\\.", second.Said);
    }

    [UnixFact(needs: "jq")]
    public void Folders_of_a_partitioned_table_are_days()
    {
        for (int day = 1; day <= 8; day++)
        {
            Directory.CreateDirectory(File($"rows/day=2026-11-0{day}"));
            System.IO.File.Move(File($"rows/2026-11-0{day}.csv"), File($"rows/day=2026-11-0{day}/part-0.csv"));
        }

        var run = Refit();
        Assert.True(run.Code == 0, run.Said);
        var detector = DetectorFile.LoadTableDetector(File($"models/pay/{Assert.Single(Versions())}/model.akm"));
        Assert.Equal(Enumerable.Range(1, 6).Sum(RowCount), detector.Profile!.RowCount);
        Assert.DoesNotContain(detector.Preparation.Sources.Names, name => name == "day");
    }

    [UnixFact(needs: "jq")]
    public void A_model_that_is_worse_is_kept_back_with_the_reason()
    {
        Assert.Equal(0, Refit().Code);
        Refused("the share of alerts, 0.0", "is not between 0.5 and 1", ("LEAST_ALERTS", "0.5"), ("MOST_ALERTS", "1"));
        // It does not see the column that tells frauds apart: its highest rows are others, and so are its answers.
        Refused("of the 20 highest rows with the model in service", "", ("FIT", "--id id --ignore fraud,amount --detector isolation-forest --seed 1"), ("LEAST_SHARED", "0.9"));
        Refused("it finds 0 of the planted rows, and 1 are to be found", "", ("FIT", "--id id --ignore fraud,amount --detector isolation-forest --seed 1"), ("LEAST_SHARED", "0"), ("PLANTED", Planted()));
        Refused("its average precision is 0.", "before", ("FIT", "--id id --ignore amount --detector isolation-forest --seed 1"), ("LEAST_SHARED", "0"), ("LABEL", "fraud"));
        Assert.Single(Versions());

        void Refused(string reason, string more, params (string, string)[] settings)
        {
            System.IO.File.Delete(File("models/pay/.refused.akm"));
            var (code, said) = Refit(settings);
            Assert.True(code == 3, $"{code}: {said}");
            string line = said.TrimEnd().Split('\n')[^1];
            Assert.StartsWith("Not published: ", line, StringComparison.Ordinal);
            Assert.Contains(reason, line, StringComparison.Ordinal);
            Assert.Contains(more, line, StringComparison.Ordinal);
            Assert.True(System.IO.File.Exists(File("models/pay/.refused.akm")));
        }
    }

    [UnixFact(needs: "jq")]
    public void A_job_that_is_broken_publishes_nothing_and_does_not_end_as_if_the_model_were_worse()
    {
        var few = Refit(("CHECK_DAYS", "5"));
        Assert.Equal(1, few.Code);
        Assert.Contains("There are 8 days", few.Said, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File("rows/2026-11-08.csv"), "id,amount\n1,");
        var spoiled = Refit();
        Assert.True(spoiled.Code is not (0 or 3), spoiled.Said);
        Assert.False(Directory.Exists(File("models/pay")));
    }

    [UnixFact(needs: "jq")]
    public void A_setting_that_is_no_such_number_is_an_error()
    {
        foreach (var (name, value) in new (string, string)[]
        {
            ("MOST_ALERTS", "0,03"), ("MOST_ALERTS", "5%"), ("MOST_ALERTS", "3"), ("LEAST_ALERTS", "none"), ("LEAST_SHARED", ".5"), ("MOST_LOSS", "-1"),
            ("FIT_DAYS", "0"), ("CHECK_DAYS", "0"), ("CHECK_DAYS", "02"), ("TOP", "1.5"), ("KEEP", "0"),
        })
        {
            var (code, said) = Refit((name, value));
            Assert.Equal(1, code);
            Assert.StartsWith($"{name} is '{value}'. Set it to a ", said, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(File("models/pay")));
    }

    [UnixFact(needs: "jq")]
    public void The_newest_version_by_the_order_of_the_service_is_compared_and_the_oldest_are_hidden()
    {
        Assert.Equal(0, Refit().Code);
        Directory.Move(File($"models/pay/{Assert.Single(Versions())}"), File("models/pay/1"));
        Assert.Equal(0, Refit(("FIT", "--id id --ignore fraud,amount --detector isolation-forest --seed 1"), ("LEAST_SHARED", "0")).Code);
        Directory.Move(File($"models/pay/{Assert.Single(Versions(), name => name != "1")}"), File("models/pay/1.10"));

        // Version 1 finds the planted row, 1.10 does not: it knows nothing of amounts.
        var (code, said) = Refit(("PLANTED", Planted()), ("LEAST_SHARED", "0"), ("KEEP", "2"));
        Assert.True(code == 0, said);
        Assert.Contains("Planted rows found: 1; by the model in service: 0.", said, StringComparison.Ordinal);
        Assert.EndsWith($"Hidden: {File("models/pay/.1")}, because KEEP is 2.\n", said, StringComparison.Ordinal);
        Assert.Equal([".1", "1.10"], Versions().Order(StringComparer.Ordinal).Take(2).ToArray());
        Assert.Equal(3, Versions().Length);
        Assert.True(System.IO.File.Exists(File("models/pay/.1/model.akm")));
    }

    [UnixFact(needs: "jq")]
    public void A_version_that_would_stay_the_newest_and_a_model_without_a_folder_are_refused()
    {
        foreach (string name in (string[])["v2", "backup", "99999999"])
        {
            Directory.CreateDirectory(File($"models/pay/{name}"));
            System.IO.File.WriteAllText(File($"models/pay/{name}/model.akm"), "");
            var (code, said) = Refit();
            Assert.Equal(1, code);
            Assert.Contains($"{File("models/pay")}/{name} is newer by its name.", said, StringComparison.Ordinal);
            // Before the fit: nothing else was said, and nothing is there.
            Assert.Single(said.TrimEnd().Split('\n'));
            Assert.Equal([name], Versions());
            Directory.Delete(File("models/pay"), recursive: true);
        }

        System.IO.File.WriteAllText(File("models/pay.akm"), "");
        var single = Refit();
        Assert.Equal(1, single.Code);
        Assert.StartsWith($"{File("models/pay.akm")} is served as version 1", single.Said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(File("models/pay")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name) => Path.Combine(_folder, name);

    private string[] Versions() => [.. Directory.GetDirectories(File("models/pay")).Select(folder => Path.GetFileName(folder)!)];

    private string Planted()
    {
        System.IO.File.WriteAllText(File("planted.csv"), "id,hour,amount,distance,fraud\np1,12,5000,5,1\n");
        return File("planted.csv");
    }

    // Another number each day, so that the number of rows tells which days were read.
    private static int RowCount(int day) => 200 - day;

    private static string Day(int day)
    {
        var random = new CounterRandom((ulong)day);
        var text = new System.Text.StringBuilder("id,hour,amount,distance,fraud\n");
        for (int i = 0; i < RowCount(day); i++)
        {
            bool isFraud = i % 100 == 7;
            double amount = Math.Exp(3.5 + (0.5 * random.NextGaussian())) * (isFraud ? 30 : 1);
            text.Append(CultureInfo.InvariantCulture, $"d{day}r{i},{8 + (14 * random.NextDouble()):F2},{amount:F2},{5 + random.NextGaussian():F2},{(isFraud ? 1 : 0)}\n");
        }

        return text.ToString();
    }

    private (int Code, string Said) Refit(params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"exec bash '{Script()}' 2>&1"]) { RedirectStandardOutput = true };
        foreach (var (name, value) in new (string, string)[]
        {
            ("PATH", $"{File("bin")}:{Environment.GetEnvironmentVariable("PATH")}"), ("ROWS", File("rows")), ("MODELS", File("models/pay")), ("FIT_DAYS", "6"), ("CHECK_DAYS", "2"), ("TOP", "20"),
            ("FIT", "--id id --ignore fraud --detector isolation-forest --seed 1"),
        }.Concat(settings))
            start.Environment[name] = value;
        // With labels, the fit takes the column for the label.
        if (settings.Any(setting => setting.Name == "LABEL") && start.Environment["FIT"]!.Contains("--ignore fraud ", StringComparison.Ordinal))
            start.Environment["FIT"] = start.Environment["FIT"]!.Replace("--ignore fraud ", "", StringComparison.Ordinal);
        using var process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Patience.Long), "the script went on");
        return (process.ExitCode, said);
    }

    private static string Script()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(root.FullName, "AnomalyKit.sln")))
            root = root.Parent!;
        return Path.Combine(root.FullName, "deploy", "refit.sh");
    }
}
