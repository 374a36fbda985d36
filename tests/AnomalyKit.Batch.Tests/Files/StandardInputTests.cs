using AnomalyKit.Batch.Reading;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Batch.Tests.Files;

public sealed class StandardInputTests
{
    [Fact]
    public void What_fails_below_is_thrown_as_it_is()
    {
        using var input = new StandardInput(new Broken(), CancellationToken.None);
        Assert.Equal("Is a directory", Assert.Throws<IOException>(() => input.Read(new byte[10])).Message);
    }

    [Fact]
    public void A_silent_pipe_can_be_left()
    {
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.In);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        using var input = new StandardInput(pipe, cancel.Token);
        Assert.ThrowsAny<OperationCanceledException>(() => input.Read(new byte[10]));
    }

    [Theory]
    [InlineData("pipe:[7]", "pipe:[7]", "0100001", true)]
    [InlineData("pipe:[7]", "pipe:[7]", "0100000", false)]
    [InlineData("pipe:[7]", "pipe:[8]", "0100001", false)]
    [InlineData("/dev/null", "/dev/null", "0100001", false)]
    [InlineData("anon_inode:[eventpoll]", "pipe:[8]", "0100001", true)]
    public void A_pipe_of_the_process_itself_is_no_input(string input, string other, string flags, bool isClosed)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder.File("fd/0"), input);
        File.CreateSymbolicLink(folder.File("fd/3"), other);
        File.WriteAllText(folder.File("fdinfo/0"), "pos:\t0\nflags:\t0100000\n");
        File.WriteAllText(folder.File("fdinfo/3"), $"pos:\t0\nflags:\t{flags}\nmnt_id:\t14\n");
        Assert.Equal(isClosed, ClosedInput.Is(folder.Root));
        Assert.False(ClosedInput.Is(folder.File("nothing")));
    }

    private sealed class Broken : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("Is a directory");
    }
}
