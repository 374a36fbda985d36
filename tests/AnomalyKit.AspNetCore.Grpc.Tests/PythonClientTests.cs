using System.Diagnostics;
using System.Text.Json;

namespace AnomalyKit.AspNetCore.Grpc.Tests;

/// <summary>Debian's Python client of gRPC, with stubs that protoc makes of the published proto.</summary>
public sealed class PythonClientTests(GrpcFixture fixture) : IClassFixture<GrpcFixture>
{
    private static readonly double[] Values = [1, 2, 3, 4, 9, -9, 9, -9, 0.5, 0.25, 0, -1.5];

    [PythonFact]
    public async Task A_client_that_is_not_ours_understands_the_server()
    {
        var folder = Directory.CreateTempSubdirectory("anomalykit-proto");
        try
        {
            string protos = Path.Combine(AppContext.BaseDirectory, "Protos");
            await RunAsync("protoc", $"--proto_path={protos}", $"--python_out={folder.FullName}", "open_inference_grpc.proto");
            string answer = await RunAsync(
                PythonFactAttribute.Python, Path.Combine(AppContext.BaseDirectory, "Python", "client.py"), fixture.Server.Host.Address.Authority, folder.FullName);
            using var json = JsonDocument.Parse(answer);
            var told = json.RootElement;
            float[] scores = GrpcFixture.Scores(Values);
            Assert.Equal(scores, Singles(told, "typed"));
            Assert.Equal(scores, Singles(told, "raw"));
            Assert.Equal(scores, Singles(told, "zipped"));
            Assert.Equal(scores.Select(GrpcFixture.Numbers.IsAnomaly), told.GetProperty("typed_labels").EnumerateArray().Select(label => label.GetBoolean()));
            Assert.Equal("py", told.GetProperty("id").GetString());
            Assert.Equal("anomalykit", told.GetProperty("server").GetString());
            Assert.True(told.GetProperty("live").GetBoolean() && told.GetProperty("ready").GetBoolean() && told.GetProperty("model_ready").GetBoolean());
            Assert.Equal("""[["values","FP64",[-1,4]]]""", told.GetProperty("inputs").GetRawText().Replace(" ", "", StringComparison.Ordinal));
            Assert.Equal(90_000, told.GetProperty("many").GetInt32());
            Assert.Equal("INVALID_ARGUMENT", told.GetProperty("mixed")[0].GetString());
            Assert.Equal("INVALID_ARGUMENT", told.GetProperty("short")[0].GetString());
            Assert.Contains("48 bytes, and there are 4", told.GetProperty("short")[1].GetString(), StringComparison.Ordinal);
            Assert.Equal("NOT_FOUND", told.GetProperty("unknown")[0].GetString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<float> Singles(JsonElement json, string name) => json.GetProperty(name).EnumerateArray().Select(value => (float)value.GetDouble());

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var soon = new CancellationTokenSource(Patience.Long);
        var output = process.StandardOutput.ReadToEndAsync(soon.Token);
        var errors = process.StandardError.ReadToEndAsync(soon.Token);
        try
        {
            await process.WaitForExitAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }
}
