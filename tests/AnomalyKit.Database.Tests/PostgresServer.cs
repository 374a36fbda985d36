using System.Diagnostics;
using Npgsql;

namespace AnomalyKit.Tests.Database;

/// <summary>A PostgreSQL server of our own in a temporary folder, where one is installed. It listens at a socket in that folder, and at no port, which somebody else might have.</summary>
public sealed class PostgresServer : IDisposable
{
    // Part of the socket's name.
    private const int Port = 5432;

    private readonly string? _binaries = Find();
    private readonly string _folder;

    public PostgresServer()
    {
        _folder = Path.Combine(Path.GetTempPath(), "postgres-" + Path.GetRandomFileName());
        if (_binaries is null)
            return;
        Directory.CreateDirectory(_folder);
        if (AsOther)
            Run("chown", "postgres", _folder);
        RunServer("initdb", "-D", Data, "-A", "trust", "-U", "tester", "--no-sync", "-E", "UTF8", "--locale=C");
        RunServer(
            "pg_ctl", "-D", Data, "-w", "-t", "300", "-l", Path.Combine(_folder, "log"), "-o",
            $"-p {Port} -c listen_addresses='' -c fsync=off -k {_folder}", "start");
    }

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? SkipReason => Find() is null ? "No PostgreSQL server is installed (/usr/lib/postgresql/*/bin)." : null;

    public string ConnectionString => $"Host={_folder};Port={Port};Username=tester;Database=postgres;Pooling=false";

    private string Data => Path.Combine(_folder, "data");

    // The server refuses to run as root; the package brings a user for it.
    private static bool AsOther => Environment.UserName == "root";

    public NpgsqlConnection Connect()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        if (_binaries is null)
            return;
        RunServer("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Find() => OperatingSystem.IsLinux() && Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private void RunServer(string program, params string[] arguments)
    {
        string path = Path.Combine(_binaries!, program);
        if (AsOther)
            Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // The server inherits what it is given, and a pipe that nobody closes would be waited for: its output goes to a file.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/", ArgumentList = { "-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program } };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        if (!process.WaitForExit(Patience.Long) || process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
    }
}
