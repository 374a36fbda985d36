using System.Diagnostics;
using System.Net;
using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>The command as a process: signals, closed pipes, full disks.</summary>
public sealed class ProcessTests(Payments payments) : IClassFixture<Payments>
{
    private static string Tool => Path.Combine(AppContext.BaseDirectory, "AnomalyKit.Tool.dll");

    [UnixTheory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    [InlineData("HUP", 129)]
    public void A_signal_ends_the_work_and_leaves_no_half_file(string signal, int code)
    {
        string folder = Directory.CreateDirectory(payments[$"signal-{signal}"]).FullName;
        // Whoever runs the tests in the background may have them ignored.
        string heeding = OperatingSystem.IsLinux() ? "env --default-signal=INT,HUP,TERM " : "";
        using var process = Start($"exec {heeding}dotnet '{Tool}' score '{payments.Model}' - --out '{folder}/scores.csv'");
        // The rows keep coming until the file beside the output shows that they are being scored.
        string[] lines = File.ReadAllLines(payments.Csv);
        process.StandardInput.WriteLine(lines[0]);
        var watch = Stopwatch.StartNew();
        while (Directory.GetFiles(folder).Length == 0 && watch.Elapsed < Patience.Long)
        {
            foreach (string line in lines.Skip(1).Take(500))
                process.StandardInput.WriteLine(line);
            Thread.Sleep(20);
        }

        Assert.Single(Directory.GetFiles(folder));
        Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        Assert.True(process.WaitForExit(Patience.Long), "the process went on");
        Assert.Equal(code, process.ExitCode);
        Assert.Contains("Stopped", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [UnixTheory]
    [InlineData("<&-", "Standard input is closed")]
    [InlineData("< /", "Is a directory")]
    public void Standard_input_that_cannot_be_read_is_said_in_one_line(string redirection, string message)
    {
        // Only Linux shows whether standard input was closed.
        if (redirection == "<&-" && !OperatingSystem.IsLinux())
            return;
        using var process = Start($"exec dotnet '{Tool}' score '{payments.Model}' - {redirection}");
        bool hasEnded = process.WaitForExit(Patience.Long);
        if (!hasEnded)
            process.Kill();
        Assert.True(hasEnded, "the process went on");
        string error = process.StandardError.ReadToEnd();
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Equal(1, process.ExitCode);
    }

    [UnixFact]
    public void A_reader_that_goes_away_ends_the_work_in_silence()
    {
        string many = string.Join(' ', Enumerable.Range(0, 20).Select(i => $"'{Copy(i)}'"));
        using var process = Start($"set -o pipefail; dotnet '{Tool}' score '{payments.Model}' {many} --keep id -q | head -1");
        Assert.StartsWith("id,score", process.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(string.Empty, process.StandardError.ReadToEnd());
        process.WaitForExit();
        Assert.Equal(141, process.ExitCode);
    }

    [UnixFact]
    public void A_service_with_keys_refuses_the_open_dashboard()
    {
        string key = "AnomalyDetection:Serving:Keys:0";
        using var process = Start($"dotnet '{Tool}' serve '{payments.Model}' --dashboard --urls http://127.0.0.1:0 --set {key}:Name=a --set {key}:Sha256={new string('0', 64)}");
        Assert.True(process.WaitForExit(Patience.Long), "the process went on");
        Assert.Contains("--dashboard", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(2, process.ExitCode);
    }

    [UnixFact]
    public void The_dashboard_loads_a_model_that_has_learned()
    {
        string learned = payments["learned-for-the-dashboard.akm"];
        Run.Typing("y\nn\n", "review", payments.Model, payments.Csv, "--session", payments["dashboard.akf"], "--key", "id", "--out", learned).Succeeds();
        using var process = Start($"exec dotnet '{Tool}' dashboard --models '{learned}' --urls http://127.0.0.1:0 2>&1");
        using var patience = new Timer(_ => process.Kill(), null, Patience.Long, Timeout.InfiniteTimeSpan);
        var said = new List<string>();
        // The model is loaded beside the start: its line comes before or after that of the address.
        while (process.StandardOutput.ReadLine() is { } line)
        {
            said.Add(line);
            if (line.Contains("DetectorPool", StringComparison.Ordinal))
                break;
        }

        process.Kill();
        process.WaitForExit();
        Assert.Contains("is served from", said[^1], StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task The_dashboard_answers_to_names_of_this_machine_alone_and_says_that_its_port_is_taken()
    {
        using var process = Start($"exec dotnet '{Tool}' dashboard --urls http://127.0.0.1:0 --origin https://dash.example.org 2>&1");
        using var patience = new Timer(_ => process.Kill(), null, Patience.Long, Timeout.InfiniteTimeSpan);
        string said = "";
        while (!said.Contains("The dashboard is at", StringComparison.Ordinal))
            said = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("It ended.");
        string address = said.Split(' ').First(word => word.StartsWith("http", StringComparison.Ordinal)).TrimEnd('.');
        using var client = new HttpClient();
        foreach (var (host, status) in ((string?, HttpStatusCode)[])[(null, HttpStatusCode.OK), ("localhost", HttpStatusCode.OK), ("dash.example.org", HttpStatusCode.OK), ("evil.example", HttpStatusCode.BadRequest)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Host = host;
            Assert.Equal(status, (await client.SendAsync(request)).StatusCode);
        }

        using var second = Start($"dotnet '{Tool}' dashboard --urls {address}");
        string errors = await second.StandardError.ReadToEndAsync();
        process.Kill();
        Assert.True(second.WaitForExit(Patience.Long), "the second went on");
        Assert.Contains("is in use; choose another with --urls", errors, StringComparison.Ordinal);
        Assert.Equal(1, second.ExitCode);
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
    }

    [UnixFact]
    public void A_full_disk_is_said()
    {
        using var process = Start($"dotnet '{Tool}' score '{payments.Model}' '{payments.Csv}' -q > /dev/full");
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Contains("Free some space", errors, StringComparison.Ordinal);
        Assert.Equal(1, process.ExitCode);
    }

    [UnixFact]
    public void A_log_that_cannot_be_written_does_not_make_good_work_fail()
    {
        string path = payments["quiet.csv"];
        foreach (string log in (string[])["2>/dev/full", "2>&-"])
        {
            using var process = Start($"dotnet '{Tool}' score '{payments.Model}' '{payments.Csv}' --out '{path}' {log}");
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            Assert.Equal(Payments.RowCount + 1, File.ReadAllLines(path).Length);
        }
    }

    private string Copy(int number)
    {
        string path = payments[$"copy-{number}.csv"];
        File.Copy(payments.Csv, path, overwrite: true);
        return path;
    }

    private static Process Start(string script) => Process.Start(new ProcessStartInfo("bash", ["-c", script])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
