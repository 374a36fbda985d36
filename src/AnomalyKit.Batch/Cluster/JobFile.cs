using System.Globalization;
using System.Text.Json;
using AnomalyKit.Files;
using AnomalyKit.Json;

namespace AnomalyKit;

/// <summary>The description of a job in its folder: what is needed to submit the missing shards later, from anywhere.</summary>
internal static class JobFile
{
    public const string Name = "job.json";
    private const int Format = 1;

    /// <summary>Writes the description, and refuses a folder that belongs to another job.</summary>
    public static void Write(ClusterJob job)
    {
        Directory.CreateDirectory(job.Folder);
        string path = Path.Combine(job.Folder, Name);
        if (File.Exists(path))
        {
            var there = Read(job.Folder);
            if (!there.HasSameSteps(job) || there.WorkingDirectory != job.WorkingDirectory)
                throw new ClusterException($"The folder '{job.Folder}' belongs to another job ({there.Command[0]}, {there.ShardCount} shards). Resume that one, or give this one a folder of its own.");
        }

        using var file = new FileBeside(path);
        using (var json = new Utf8JsonWriter(file.Stream, new JsonWriterOptions { Indented = true }))
            Write(job, json);
        file.Place();
    }

    public static ClusterJob Read(string folder)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement, folder);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ClusterException($"The folder '{folder}' holds no job: there is no {Name}. Write the job first, or name the folder that it was written to.", missing);
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw new ClusterException($"{path}: not the description of a job ({damaged.Message.ReplaceLineEndings(" ")}). Write the job again.", damaged);
        }
    }

    private static void Write(ClusterJob job, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("cluster_job", Format);
        json.WriteString("name", job.Name);
        json.WriteNumber("shards", job.ShardCount);
        json.WriteTexts("command", job.Command);
        if (job.ThresholdData is { } data)
            json.WriteTexts("threshold_data", data);
        json.WriteTexts("tool", job.Tool);
        json.WriteString("working_directory", job.WorkingDirectory);
        json.WriteNumber("threads", job.Resources.ThreadCount);
        if (job.Resources.MemoryBytes is { } memory)
            json.WriteNumber("memory_bytes", memory);
        if (job.Resources.TimeLimit is { } limit)
            json.WriteString("time_limit", limit.ToString("c", CultureInfo.InvariantCulture));
        if (job.Resources.MaxConcurrent is { } concurrent)
            json.WriteNumber("max_concurrent", concurrent);
        if (job.Resources.Queue is { } queue)
            json.WriteString("queue", queue);
        json.WriteEndObject();
    }

    private static ClusterJob Read(JsonElement root, string folder)
    {
        int format = root.GetProperty("cluster_job").GetInt32();
        if (format != Format)
            throw new FormatException($"format {format}; this version reads {Format}");
        return new ClusterJob(folder, root.GetProperty("shards").GetInt32(), ReadTexts(root, "command"), root.TryGetProperty("threshold_data", out _) ? ReadTexts(root, "threshold_data") : null)
        {
            Name = root.GetProperty("name").GetString()!,
            Tool = ReadTexts(root, "tool"),
            WorkingDirectory = root.GetProperty("working_directory").GetString()!,
            Resources = new ClusterResources
            {
                ThreadCount = root.GetProperty("threads").GetInt32(),
                MemoryBytes = root.TryGetProperty("memory_bytes", out var memory) ? memory.GetInt64() : null,
                TimeLimit = root.TryGetProperty("time_limit", out var limit) ? TimeSpan.ParseExact(limit.GetString()!, "c", CultureInfo.InvariantCulture) : null,
                MaxConcurrent = root.TryGetProperty("max_concurrent", out var concurrent) ? concurrent.GetInt32() : null,
                Queue = root.TryGetProperty("queue", out var queue) ? queue.GetString() : null,
            },
        };
    }

    private static string[] ReadTexts(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(element => element.GetString()!)];
}
