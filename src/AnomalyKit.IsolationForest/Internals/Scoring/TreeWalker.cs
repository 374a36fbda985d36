using System.Runtime.CompilerServices;

namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>The general kernel and the reference of the others: walks rows down trees, eight at a time, without branching on the data.</summary>
internal sealed unsafe class TreeWalker
{
    private readonly ForestNode[] _nodes;
    private readonly int[] _pathLengths;
    private readonly int[] _starts;
    private readonly int[] _depths;
    private readonly int _columns;

    /// <param name="model">The forest.</param>
    /// <param name="thresholds">The thresholds of all nodes in terms of the rows to be scored.</param>
    /// <param name="trees">The trees to walk.</param>
    public TreeWalker(IsolationForestModel model, float[] thresholds, ReadOnlySpan<int> trees)
    {
        _columns = model.Columns;
        _starts = new int[trees.Length];
        _depths = new int[trees.Length];
        int total = 0;
        foreach (int tree in trees)
            total += model.TreeStarts[tree + 1] - model.TreeStarts[tree];
        _nodes = new ForestNode[total];
        _pathLengths = new int[total];
        int next = 0;
        for (int i = 0; i < trees.Length; i++)
        {
            _starts[i] = next;
            _depths[i] = model.TreeDepths[trees[i]];
            int begin = model.TreeStarts[trees[i]];
            int end = model.TreeStarts[trees[i] + 1];
            for (int at = begin; at < end; at++, next++)
            {
                _pathLengths[next] = model.PathLength[at];
                _nodes[next] = model.Feature[at] < 0
                    ? new ForestNode(float.NaN, 0, at - begin)
                    : new ForestNode(thresholds[at], model.Feature[at], model.Left[at]);
            }
        }
    }

    /// <summary>Adds each row's path lengths over all trees, in units of 2⁻¹⁶, to its sum.</summary>
    /// <param name="rows">Row-major cells.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="sums">One sum per row.</param>
    public void AddPathLengths(float* rows, int rowCount, double* sums)
    {
        fixed (ForestNode* allNodes = _nodes)
        fixed (int* allPathLengths = _pathLengths)
        {
            for (int tree = 0; tree < _starts.Length; tree++)
            {
                ForestNode* nodes = allNodes + _starts[tree];
                int* pathLengths = allPathLengths + _starts[tree];
                int row = 0;
                for (; row <= rowCount - 8; row += 8)
                    WalkEight(nodes, pathLengths, _depths[tree], rows + ((long)row * _columns), _columns, sums + row);
                for (; row < rowCount; row++)
                    sums[row] += pathLengths[WalkOne(nodes, rows + ((long)row * _columns))];
            }
        }
    }

    private static int WalkOne(ForestNode* nodes, float* row)
    {
        int at = 0;
        while (true)
        {
            int next = Step(nodes, at, row);
            if (next == at)
                return at;
            at = next;
        }
    }

    private static void WalkEight(ForestNode* nodes, int* pathLengths, int depth, float* row, int columns, double* sums)
    {
        int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
        float* row4 = row + (4L * columns);
        for (int level = 0; level < depth; level++)
        {
            int moved = a ^ (a = Step(nodes, a, row));
            moved |= b ^ (b = Step(nodes, b, row + columns));
            moved |= c ^ (c = Step(nodes, c, row + (2L * columns)));
            moved |= d ^ (d = Step(nodes, d, row + (3L * columns)));
            moved |= e ^ (e = Step(nodes, e, row4));
            moved |= f ^ (f = Step(nodes, f, row4 + columns));
            moved |= g ^ (g = Step(nodes, g, row4 + (2L * columns)));
            moved |= h ^ (h = Step(nodes, h, row4 + (3L * columns)));
            if (moved == 0)
                break;
        }

        sums[0] += pathLengths[a];
        sums[1] += pathLengths[b];
        sums[2] += pathLengths[c];
        sums[3] += pathLengths[d];
        sums[4] += pathLengths[e];
        sums[5] += pathLengths[f];
        sums[6] += pathLengths[g];
        sums[7] += pathLengths[h];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Step(ForestNode* nodes, int at, float* row)
    {
        ForestNode* node = nodes + at;
        bool right = row[node->Feature] >= node->Threshold;
        return node->Left + *(byte*)&right;
    }
}
