using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace AnomalyKit.Peers;

/// <summary>Answers the driver's requests: what is timed is timed here, on this side of the pipe.</summary>
internal sealed class Worker(int threads)
{
    private PeerData? _data;
    private IAnomalyDetector? _detector;

    /// <summary>Answers requests until the input ends.</summary>
    public void Serve(TextReader input, TextWriter output)
    {
        while (input.ReadLine() is { } line)
        {
            JsonObject answer;
            try
            {
                answer = Answer(JsonNode.Parse(line)?.AsObject() ?? throw new PeerException("An empty request."));
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                answer = new JsonObject { ["error"] = exception.Message };
            }

            output.WriteLine(answer.ToJsonString());
            output.Flush();
        }
    }

    private JsonObject Answer(JsonObject request) => Text(request, "command") switch
    {
        "hello" => Hello(),
        "load" => Load(request),
        "fit" => Fit(request),
        "score" => Score(request),
        var command => throw new PeerException($"There is no command '{command}'."),
    };

    private static JsonObject Hello() => new()
    {
        ["detectors"] = new JsonArray([.. PeerDetectors.All.Keys.Select(name => JsonValue.Create(name))]),
        ["versions"] = new JsonObject
        {
            ["AnomalyKit"] = typeof(IAnomalyDetector).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
            [".NET"] = RuntimeInformation.FrameworkDescription,
        },
    };

    private JsonObject Load(JsonObject request)
    {
        _detector = null;
        var files = Required(request, "files").AsObject();
        _data = PeerData.Load(Text(request, "folder"), files.Select(file => KeyValuePair.Create(file.Key, file.Value!.GetValue<int>())));
        return new JsonObject { ["files"] = files.Count };
    }

    private JsonObject Fit(JsonObject request)
    {
        var train = Data().Rows(Text(request, "rows"));
        ulong seed = Required(request, "seed").GetValue<ulong>();
        var threshold = request["contamination"] is { } share ? ThresholdRule.Contamination(share.GetValue<double>()) : ThresholdRule.Fixed(0);
        var trainer = PeerDetectors.Find(Text(request, "detector"))(seed, threshold);
        var options = new FitOptions { MaxDegreeOfParallelism = threads };
        var seconds = Time(request, () => _detector = trainer.Fit(train, options));
        if (request["save"] is { } path)
            Save(path, TrainingScores(_detector!, train));
        var answer = new JsonObject { ["seconds"] = seconds };
        if (_detector is EllipticEnvelopeDetector envelope)
            answer["objective"] = envelope.LogDeterminant;
        return answer;
    }

    private JsonObject Score(JsonObject request)
    {
        var rows = Data().Rows(Text(request, "rows"));
        var detector = _detector ?? throw new PeerException("Nothing has been fitted yet.");
        var options = new ScoreOptions { MaxDegreeOfParallelism = threads };
        float[] scores = [];
        var seconds = Time(request, () => scores = detector.Score(rows, options));
        if (request["save"] is { } path)
            Save(path, scores);
        return new JsonObject { ["seconds"] = seconds, ["rows"] = rows.RowCount };
    }

    /// <summary>Scores of training rows among each other, which some peers have alone.</summary>
    private static ReadOnlySpan<float> TrainingScores(IAnomalyDetector detector, FeatureMatrix train) => detector switch
    {
        EllipticEnvelopeDetector envelope => envelope.Score(train),
        LocalOutlierFactorDetector densities => densities.TrainingScores,
        NearestNeighborsDetector distances => distances.TrainingScores,
        _ => throw new PeerException($"A detector of kind '{detector.Info.Kind}' keeps no training scores."),
    };

    private static void Save(JsonNode path, ReadOnlySpan<float> scores) => File.WriteAllBytes(path.GetValue<string>(), MemoryMarshal.AsBytes(scores).ToArray());

    /// <summary>The seconds of every repetition, in order.</summary>
    private static JsonArray Time(JsonObject request, Action action)
    {
        int repeat = request["repeat"]?.GetValue<int>() ?? 1;
        var seconds = new JsonArray();
        // What earlier requests left behind is not this one's to collect.
        GC.Collect();
        for (int i = 0; i < repeat; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            seconds.Add(JsonValue.Create(Stopwatch.GetElapsedTime(start).TotalSeconds));
        }

        return seconds;
    }

    private PeerData Data() => _data ?? throw new PeerException("No data has been loaded yet.");

    private static string Text(JsonObject request, string key) => Required(request, key).GetValue<string>();

    private static JsonNode Required(JsonObject request, string key) =>
        request[key] ?? throw new PeerException($"The request lacks '{key}'.");
}
