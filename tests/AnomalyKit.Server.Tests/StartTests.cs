using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AnomalyKit.Server.Tests.Support;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Server.Tests;

/// <summary>What the program does when it is started.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Without_models_an_example_is_announced_and_served()
    {
        await using var server = await ServerProcess.StartAsync();
        await server.ReadyAsync();
        Assert.Contains("example", server.Log, StringComparison.Ordinal);
        using var client = server.Client();
        string row = string.Join(',', Enumerable.Repeat("9", 30));
        using var answer = await client.PostAsync(new Uri("/predict", UriKind.Relative), new StringContent($$"""{"data": [[{{row}}], [{{row}}]]}"""));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(2, json.RootElement.GetProperty("predictions").GetArrayLength());
    }

    [Fact]
    public async Task A_folder_that_is_set_to_nothing_is_none()
    {
        // What deploy/compose.yaml passes while MODELS is not set.
        await using var server = ServerProcess.Start(["--urls", ServerProcess.AnyPort], new Dictionary<string, string> { ["AnomalyDetection__ModelFolder"] = "" });
        await server.ListeningAsync();
        await server.ReadyAsync();
        Assert.Contains("example", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_models_is_served_by_name_and_version_and_a_file_by_its_name()
    {
        using var folder = new TempFolder();
        TestModels.Write(folder.File("models/fraud/1/model.akm"), 1);
        TestModels.Write(folder.File("models/fraud/2/model.akm"), 2);
        TestModels.Write(folder.File("single.akm"), 3);
        await using (var server = await ServerProcess.StartAsync("--models", Path.Combine(folder.Root, "models")))
        {
            await server.ReadyAsync();
            using var client = server.Client();
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/v2/models/fraud/versions/1/ready", UriKind.Relative))).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/v2/models/fraud/versions/2", UriKind.Relative))).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/v2/models/example", UriKind.Relative))).StatusCode);
            using var drift = JsonDocument.Parse(await client.GetStringAsync(new Uri("/v1/models/fraud/drift", UriKind.Relative)));
            Assert.False(drift.RootElement.GetProperty("compared").GetBoolean());
        }

        await using (var server = await ServerProcess.StartAsync(folder.File("single.akm")))
        {
            await server.ReadyAsync();
            using var client = server.Client();
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/v2/models/single", UriKind.Relative))).StatusCode);
        }
    }

    [Fact]
    public async Task An_empty_folder_and_a_broken_model_are_alive_and_not_ready()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("models/none"));
        await using var server = await ServerProcess.StartAsync("--models", Path.Combine(folder.Root, "models"), "--set", "AnomalyDetection:ReloadInterval=00:00:00.1");
        using var client = server.Client();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/v2/health/live", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync(new Uri("/v2/health/ready", UriKind.Relative))).StatusCode);
        File.WriteAllText(folder.File("models/broken.akm"), "this is no model");
        await Task.Delay(500);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
        TestModels.Write(folder.File("models/broken.akm"), 1);
        await server.ReadyAsync();
    }

    [Fact]
    public async Task Options_overrule_the_environment_which_overrules_the_file()
    {
        using var folder = new TempFolder();
        string file = folder.File("config.json");
        File.WriteAllText(file, """{"AnomalyDetection": {"Server": {"StopDelaySeconds": -1, "MaxConnections": 0}}}""");
        var environment = new Dictionary<string, string> { ["AnomalyDetection__Server__StopDelaySeconds"] = "-2" };
        Assert.Contains("StopDelaySeconds is -3.", (await RefusedAsync(["--config", file, "--stop-delay", "-3"], environment)), StringComparison.Ordinal);
        Assert.Contains("StopDelaySeconds is -2.", (await RefusedAsync(["--config", file], environment)), StringComparison.Ordinal);
        Assert.Contains("StopDelaySeconds is -1.", (await RefusedAsync(["--config", file])), StringComparison.Ordinal);
        Assert.Contains("MaxConnections is 0.", (await RefusedAsync(["--config", file, "--stop-delay", "0"])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--nonsense", "There is no option '--nonsense'")]
    [InlineData("--urls", "Option '--urls' needs a value")]
    [InlineData("--urls ftp://x:1", "'ftp://x:1' is not an address")]
    [InlineData("--urls http://127.0.0.1:99999", "is not an address")]
    [InlineData("--models /no/such/folder", "There is no folder and no file '/no/such/folder'")]
    [InlineData("--models . --models .", "Option '--models' appears twice")]
    [InlineData("--config /no/such/file", "there is no file '/no/such/file'")]
    [InlineData("--log-format xml", "LogFormat is 'xml'. Write text or json.")]
    [InlineData("--set novalue", "'novalue' has no key")]
    [InlineData("--set AnomalyDetection:Server:MaxConnections=many", "AnomalyDetection:Server:MaxConnections")]
    [InlineData("--set AnomalyDetection:Serving:MaxRequestRows=0", "AnomalyDetection:Serving:MaxRequestRows is 0")]
    [InlineData("--set AnomalyDetection:Serving:MaxRequestRows=few", "AnomalyDetection:Serving:MaxRequestRows")]
    [InlineData("--set AnomalyDetection:Serving:RequireKey=true", "there are no keys")]
    [InlineData("--set AnomalyDetection:Serving:MaxReqestRows=7", "AnomalyDetection:Serving:MaxReqestRows is not an option; did you mean 'MaxRequestRows'?")]
    [InlineData("--set AnomalyDetection:Serving:Key:0:Name=a", "AnomalyDetection:Serving:Key is not an option; did you mean 'Keys'?")]
    [InlineData("--set AnomalyDetection:Server:MaxConections=7", "AnomalyDetection:Server:MaxConections is not an option; did you mean 'MaxConnections'?")]
    [InlineData("--set AnomalyDetection:ModelsFolder=x", "AnomalyDetection:ModelsFolder is not an option; did you mean 'ModelFolder'?")]
    [InlineData("--set AnomalyDetection:Monitoring:IgnoredColumns=p", "Number the entries from 0: AnomalyDetection:Monitoring:IgnoredColumns:0.")]
    [InlineData("--set AnomalyDetection:Serving:Keys=secret", "Number the entries from 0: AnomalyDetection:Serving:Keys:0:Name.")]
    [InlineData("--set AnomalyDetection:Monitoring:WindowDuration=24:00:00", "AnomalyDetection:Monitoring:WindowDuration has 24 hours, which would be read as days. Write [days.]hours:minutes:seconds: 1.00:00:00.")]
    [InlineData("--set AnomalyDetection:Serving:MaxBodyTime=30", "AnomalyDetection:Serving:MaxBodyTime is a number without a unit, which would be days.")]
    [InlineData("--set AnomalyDetection:Serving:StreamIdleTime=24:00:00", "AnomalyDetection:Serving:StreamIdleTime has 24 hours, which would be read as days. Write [days.]hours:minutes:seconds: 1.00:00:00.")]
    [InlineData("--set AnomalyDetection:Monitoring:WindowRows=99999999999", "Failed to convert configuration value '99999999999' at 'AnomalyDetection:Monitoring:WindowRows'")]
    [InlineData("--default-model nope", "AnomalyDetection:DefaultModel is 'nope', which is none of the models: example.")]
    [InlineData("--probe nowhere", "'nowhere' is not a URL")]
    public async Task Wrong_usage_is_said_in_one_line(string args, string expected) =>
        Assert.Contains(expected, await RefusedAsync(args.Split(' ')), StringComparison.Ordinal);

    [Fact]
    public async Task A_broken_configuration_file_is_said_in_one_line()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("config.json"), "{ broken");
        Assert.Contains("config.json", await RefusedAsync(["--config", folder.File("config.json")]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_the_program_with_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        foreach (string host in (string[])["127.0.0.1", "localhost"])
            await RefusedAsync(["--urls", $"http://{host}:{port}"], $"error: Port {port} is in use; choose another with --urls.");
        await RefusedAsync(["--urls", ServerProcess.AnyPort, "--grpc-urls", $"http://127.0.0.1:{port}"], $"error: Port {port} is in use; choose another with --grpc-urls.");

        async Task RefusedAsync(string[] args, string expected)
        {
            var (code, output, errors) = await ServerProcess.RunAsync(args);
            Assert.Equal(1, code);
            Assert.Equal(expected, errors);
            Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_is_no_model_or_a_broken_one_ends_the_program_with_1()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("sensors.csv"), "ts,s00\n2026-01-01,1.5\n");
        TestModels.Write(folder.File("whole.akm"), 1);
        File.WriteAllBytes(folder.File("cut.akm"), File.ReadAllBytes(folder.File("whole.akm"))[..^8]);
        foreach (var (name, expected) in ((string, string)[])[("sensors.csv", "sensors.csv' is not a model file"), ("cut.akm", "The model 'cut' cannot be loaded: ")])
        {
            var (code, output, errors) = await ServerProcess.RunAsync(["--urls", ServerProcess.AnyPort, folder.File(name)]);
            Assert.Equal(1, code);
            Assert.Contains(expected, Assert.Single(errors.Split('\n')), StringComparison.Ordinal);
            Assert.DoesNotContain("Listening", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Help_and_version_go_to_standard_output()
    {
        var (helpCode, help, _) = await ServerProcess.RunAsync(["--help"]);
        Assert.Equal(0, helpCode);
        Assert.All(Arguments.ServerArgument.All, argument => Assert.Contains(argument.Name, help, StringComparison.Ordinal));
        var (versionCode, version, _) = await ServerProcess.RunAsync(["--version"]);
        Assert.Equal(0, versionCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", version);
    }

    [UnixFact]
    public async Task A_probe_exits_by_what_is_answered()
    {
        await using var server = await ServerProcess.StartAsync("--stop-delay", "0");
        await server.ReadyAsync();
        Assert.Equal(0, (await ServerProcess.RunAsync(["--probe", new Uri(server.Http, "/v2/health/ready").ToString()])).ExitCode);
        Assert.Equal(1, (await ServerProcess.RunAsync(["--probe", new Uri(server.Http, "/nothing").ToString()])).ExitCode);
        server.Signal("TERM");
        await server.WaitAsync();
        Assert.Equal(1, (await ServerProcess.RunAsync(["--probe", server.Http.ToString()])).ExitCode);
    }

    private static async Task<string> RefusedAsync(string[] args, IReadOnlyDictionary<string, string>? environment = null)
    {
        var (code, output, errors) = await ServerProcess.RunAsync(args, environment);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Single(errors.Split('\n'));
        Assert.StartsWith("error: ", errors, StringComparison.Ordinal);
        return errors;
    }
}
