package regime

import (
	"errors"
	"io/fs"
	"path"

	"github.com/openconcord/concord/regime/scope"
)

// readAll reads the YAML files of a folder, in order of their names; a folder that is not there has none.
func readAll(fsys fs.FS, folder string) (files []File, errs scope.Errors) {
	names, errs := yamlFiles(fsys, folder)
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			errs = append(errs, errorf(scope.Pos{File: name}, "read", "%v", err))
			continue
		}
		files = append(files, File{name, data})
	}
	return files, errs
}

func yamlFiles(fsys fs.FS, folder string) (names []string, errs scope.Errors) {
	all, err := fs.ReadDir(fsys, folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		errs = append(errs, errorf(scope.Pos{File: folder}, "read", "%v", err))
	}
	for _, d := range all {
		name := path.Join(folder, d.Name())
		switch path.Ext(name) {
		case ".yaml":
			names = append(names, name)
		case ".yml":
			errs = append(errs, errorf(scope.Pos{File: name}, "file-name", "file %q is not read; name it .yaml", d.Name()))
		}
	}
	return names, errs
}
